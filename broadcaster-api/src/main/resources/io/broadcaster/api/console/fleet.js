// Workers and queues, for ops.
import { count, h, hide, inLocalTime, redraw, setText, size, span, table } from './dom.js';
import { get, may, post, whoMay } from './api.js';
import { PLATFORMS } from './phones.js';
import { sessionsCard } from './sessions.js';
import { page, repeat } from './shell.js';

const REFRESH_MILLIS = 1000;
const ORDER = ['api', 'loader', 'fanout', 'sender'];

const flag = (good, text) => h('span', { class: good ? 'adds-up' : 'open' }, text);

function snapshots(worker) {
  if (worker.snapshots.length === 0) {
    return '–';
  }
  return h('span', {}, worker.snapshots.map((snapshot) => h('span', { class: 'line' },
    flag(snapshot.phase === 'ready', snapshot.phase), ` ${snapshot.campaign} r${snapshot.revision} `, h('code', {}, snapshot.manifestSha256.slice(0, 8)),
    snapshot.detail ? ` ${snapshot.detail}` : '')));
}

const figure = (text) => h('span', { class: 'figure' }, text);

const cpu = (worker) => figure(worker.cpuShare === undefined ? '–' : `${Math.round(100 * worker.cpuShare)} %`);

const heap = (worker) => figure(worker.heapMaxBytes === undefined ? '–' : `${count(worker.heapBytes / 1_000_000)} of ${size(worker.heapMaxBytes)}`);

function clockOffset({ clockOffsetMillis: millis }) {
  const tenths = Math.round(millis / 100);
  return figure(millis === undefined ? '–' : `${tenths < 0 ? '−' : tenths > 0 ? '+' : ''}${(Math.abs(tenths) / 10).toFixed(1)} s`);
}

const age = (millis) => (millis === undefined ? 'no token yet' : `token\u00a0${Math.max(0, Math.floor(millis / 60_000))}\u00a0min`);

function keys(worker) {
  if (worker.keys.length === 0) {
    return '–';
  }
  return h('span', {}, worker.keys.map((key) => h('span', { class: 'line' },
    `${PLATFORMS[key.platform]} `, flag(key.phase === 'in-use', key.phase.replace('-', ' ')), ' ', h('code', {}, key.key), ` ${age(key.tokenAgeMillis)}`,
    key.detail ? ` ${key.detail}` : '')));
}

const named = (worker) => h('span', {}, h('code', {}, worker.worker), h('span', { class: 'sub' }, `${worker.role}, version ${worker.version}`));

const heartbeat = (worker) => h('span', { class: 'figure' }, flag(worker.live, worker.live ? 'live' : 'gone'), ` ${span(Math.max(0, worker.heartbeatAgeMillis))}`);

const COLUMNS = ['Worker', 'Heartbeat', 'Snapshots', 'Connections', 'In flight', 'CPU', 'Heap', 'Clock', 'Keys'];

const workerRow = (worker) => [named(worker), heartbeat(worker), snapshots(worker), worker.connections, worker.inFlight,
  cpu(worker), heap(worker), clockOffset(worker), keys(worker)];

/** Asks once more, and then puts a queue's dead letters back. The rows stay while the table above them is drawn anew. */
function redriver() {
  const rows = h('div', { class: 'rows' });
  const said = h('p', { class: 'said', role: 'status', id: 'redrive-said', tabindex: -1 });
  const note = h('p', { class: 'note', hidden: true }, whoMay('redrive', 'put dead letters back'));
  const question = h('p', { id: 'redrive-question' });
  const yes = h('button', { type: 'submit', class: 'primary', id: 'redrive-yes', value: 'yes' }, 'Put back');
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'redrive-question' },
    h('form', { method: 'dialog' }, question,
      h('p', { class: 'hint' }, 'What is recorded is not sent again, and nothing is sent past not-after. It is written down in the audit log.'),
      h('div', { class: 'row' }, h('button', { type: 'submit', value: 'no' }, 'Cancel'), yes)));
  let asked = '';
  let depths = [];
  const spoken = ({ queue, deadLetters }) => `${count(deadLetters)} dead ${deadLetters === 1 ? 'letter' : 'letters'} of ${queue}`;
  const ask = () => depths.filter(({ queue }) => queue === asked).forEach((depth) => setText(question, `Put ${spoken(depth)} back, 50 a second?`));
  dialog.addEventListener('close', async () => {
    if (dialog.returnValue !== 'yes') {
      return;
    }
    try {
      const { queue, letters } = await post(`/queues/${encodeURIComponent(asked)}/redrive`, {});
      setText(said, letters === 0 ? `${queue} has no dead letters any more.` : `${count(letters)} dead ${letters === 1 ? 'letter goes' : 'letters go'} back to ${queue}.`);
    } catch (error) {
      setText(said, inLocalTime(error.message));
    }
  });
  const row = ({ queue }) => h('div', { class: 'row', 'data-queue': queue, hidden: true }, h('span', {}),
    h('button', { type: 'button', disabled: !may('redrive'), onclick: () => {
      asked = queue;
      ask();
      dialog.returnValue = '';
      dialog.showModal();
    } }, 'Put back…'));
  return {
    element: h('div', { id: 'redrive' }, rows, note, said, dialog),
    update(queues) {
      depths = queues;
      if (rows.children.length !== queues.length) {
        rows.replaceChildren(...queues.map(row));
      }
      queues.forEach((depth, index) => {
        hide(rows.children[index], depth.deadLetters === 0, said);
        setText(rows.children[index].firstChild, spoken(depth));
      });
      note.hidden = may('redrive') || queues.every(({ deadLetters }) => deadLetters === 0);
      ask();
    },
  };
}

page('Fleet', async (main) => {
  const said = h('p', { class: 'said', role: 'status' });
  const lost = h('p', { class: 'lost', role: 'status' });
  const workers = h('div', {});
  const queues = h('div', {});
  const redrive = redriver();
  main.append(said, lost, h('section', { class: 'card' }, h('h2', {}, 'Workers'), workers), h('section', { class: 'card' }, h('h2', {}, 'Queues'), queues, redrive.element), sessionsCard());
  const refresh = async (signal) => {
    const fleet = await get('/fleet', signal);
    fleet.workers.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || a.worker.localeCompare(b.worker));
    const live = fleet.workers.filter((worker) => worker.live).length;
    const dead = fleet.queues.reduce((total, queue) => total + queue.deadLetters, 0);
    setText(said, `${count(live)} of ${count(fleet.workers.length)} workers live. ${dead === 0 ? 'No dead letters.' : `${count(dead)} dead ${dead === 1 ? 'letter' : 'letters'}.`}`);
    redraw(workers, table('Workers', COLUMNS, fleet.workers.map(workerRow)));
    redraw(queues, table('Queues', ['Queue', 'Waiting', 'In flight', 'Dead letters'], fleet.queues.map((queue) => [queue.queue, queue.visible, queue.inFlight,
      queue.deadLetters === 0 ? 0 : h('span', { class: 'open figure' }, count(queue.deadLetters))])));
    redrive.update(fleet.queues);
  };
  await repeat(refresh, REFRESH_MILLIS, lost);
});
