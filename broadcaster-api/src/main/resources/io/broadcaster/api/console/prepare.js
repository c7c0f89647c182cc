// From an audience to an armed campaign: upload, load, proof, a second person, a window. Ends at the control room's door.
import { campaignInPath, campaignPath, count, enable, h, moment, names, setText, size, table } from './dom.js';
import { download, get, may, post, upload, user, watch, whoMay } from './api.js';
import { darken, lights } from './lights.js';
import { phones, PLATFORMS } from './phones.js';
import { proofing } from './proofing.js';
import { attempt, notUpToDate, once, page } from './shell.js';
import { STATES } from './states.js';

const id = campaignInPath();
const api = (act) => `/campaigns/${encodeURIComponent(id)}/${act}`;

/** Why one may not, where one may not. */
const note = (act, words, kind) => (may(act, kind) ? '' : h('p', { class: 'note', 'data-act': act }, whoMay(act, words, kind)));

function audience(problem, kind) {
  const file = h('input', { type: 'file', id: 'file', accept: '.txt,.csv,.jsonl,.ndjson,.gz,.zst' });
  const meter = h('progress', { id: 'meter', max: 1, value: 0, 'aria-label': 'Progress of upload and load' });
  const said = h('p', { class: 'said', id: 'audience-said', role: 'status' });
  const counts = h('div', {});
  const load = h('button', { type: 'button', id: 'load', 'aria-disabled': 'true', onclick: () => once(load, problem, () => post(api('load'))) }, 'Load');
  let uploading = false;
  let drawn = '';
  file.addEventListener('change', () => attempt(problem, async () => {
    uploading = true;
    try {
      await upload(api('audience'), file.files[0], (loaded, total) => {
        meter.value = total ? loaded / total : 0;
        setText(said, `Uploading: ${size(loaded)} of ${size(total)}`);
      });
      setText(said, 'Uploaded. Load it next: the audience is resolved to devices and frozen.');
    } finally {
      uploading = false;
      file.value = '';
    }
  }));
  const section = h('section', { class: 'card', 'aria-labelledby': 'audience-title' },
    h('h2', { id: 'audience-title' }, 'Audience'),
    h('div', { class: 'field' }, h('label', { for: 'file' }, 'List of user ids'), file, h('p', { class: 'hint' }, 'lines, CSV or JSON Lines; .gz and .zst as they are')),
    h('div', { class: 'row' }, load, meter), note('upload-audience', 'upload an audience', kind), said, problem, counts);
  return {
    section,
    update(status) {
      enable(load, ['DRAFT', 'FAILED'].includes(status.state) && may('load', kind));
      file.disabled = ['LOADING', 'LAUNCHED', 'COMPLETED', 'ABORTED'].includes(status.state) || !may('upload-audience', kind);
      const progress = status.load;
      if (!progress || uploading || JSON.stringify(progress) === drawn) {
        return;
      }
      drawn = JSON.stringify(progress);
      const done = progress.phase === 'SEALED';
      meter.value = done ? 1 : progress.bytesTotal ? progress.bytesRead / progress.bytesTotal : 0;
      setText(said, done ? `Sealed: ${count(status.snapshot?.devices)} devices in ${count(status.snapshot?.batches)} batches.`
        : progress.phase === 'FAILED' ? `The load failed: ${status.ending?.reason ?? 'see the loader’s log'}.`
          : `${progress.phase === 'WRITING' ? 'Writing batches' : 'Resolving devices'}: ${size(progress.bytesRead)} of ${size(progress.bytesTotal)}`);
      counts.replaceChildren(
        table('What the load found', ['Rows', 'Users', 'Malformed', 'Without a device', 'Devices found', 'Duplicates'],
          [['rows', 'users', 'malformedRows', 'usersWithoutDevice', 'devicesFound', 'duplicateDevices'].map((key) => progress.counts[key])]),
        progress.sample.length === 0 ? '' : h('details', { open: true, class: 'rejects' },
          h('summary', {}, `Rejected rows (${count(progress.sample.length)} of ${count(progress.counts.malformedRows)} shown)`),
          table('Rejected rows', ['Row', 'Rule', 'Text'], progress.sample.map((row) => [row.row, row.rule, h('code', { class: 'long' }, row.text)])),
          done && may('upload-audience', kind) ? h('button', { type: 'button', id: 'rejects', class: 'quiet', onclick: (event) =>
            once(event.currentTarget, problem, () => download(api('rejects'), `${id}-rejects.jsonl`)) }, 'Download every rejected row') : ''));
    },
  };
}

function approval(campaign) {
  const problem = h('div', {});
  const variants = h('div', { class: 'variants' });
  const silent = campaign.kind === 'silent';
  let shown = 0;
  let drawn = false;
  const approve = h('button', { type: 'button', id: 'approve', 'aria-disabled': 'true', onclick: () => once(approve, problem, () => post(api('approve'),
    { revision: shown, seen: [...variants.querySelectorAll('.seen')].map((box) => box.value) })) }, 'Approve');
  const said = h('p', { class: 'said', role: 'status' });
  let status = { state: '', approvals: [], authors: campaign.authors };
  function settle() {
    const own = status.authors.includes(user());
    const boxes = [...variants.querySelectorAll('.seen')];
    const unseen = boxes.filter((box) => !box.checked).length;
    const done = status.approvals.some((approval) => approval.by === user());
    enable(approve, status.state === 'LOADED' && !own && !done && drawn && unseen === 0 && may('approve', campaign.kind));
    setText(said, status.approvals.length > 0 ? `Approved by ${status.approvals.map((a) => a.by).join(', ')}.`
      : own ? `You made part of it (${user()}): somebody else must approve.` : status.state === 'LOADED' ? (unseen > 0 ? `${unseen} ${unseen === 1 ? 'variant has' : 'variants have'} not been seen yet.` : 'Nobody has approved this content yet.') : 'Approval opens when the snapshot is sealed.');
  }
  const seen = (platform, locale) => h('label', {},
    h('input', { type: 'checkbox', id: `seen-${platform}-${locale}`, value: `${platform}/${locale}`, class: 'seen', onchange: () => settle() }),
    `Seen on my phone: ${PLATFORMS[platform]}, ${locale}`);
  /** Another revision is to be seen again; of a silent one there is nothing to be seen. */
  function draw({ revision, contents }) {
    shown = revision;
    variants.replaceChildren(...contents.map((content) => h('div', {}, h('h3', {}, content.locale), phones(content, silent),
      silent ? '' : h('div', { class: 'row' }, content.platforms.map((platform) => seen(platform, content.locale))))));
    drawn = true;
    settle();
  }
  return {
    section: h('section', { class: 'card', 'aria-labelledby': 'approval-title' },
      h('h2', { id: 'approval-title' }, 'A second person approves'),
      h('p', { class: 'hint' }, silent ? 'A rehearsal shows nothing on a phone: what its proofs were answered stands above.' : 'Read every text, and tick each variant once you have seen its proof on a phone.'),
      variants,
      h('div', { class: 'row' }, approve, said), note('approve', 'approve', campaign.kind), problem),
    update(next) {
      status = next;
      if (next.revision !== shown) {
        shown = next.revision;
        variants.replaceChildren();
        drawn = false;
        attempt(problem, async () => draw(next.revision === campaign.revision ? campaign : await get(`/campaigns/${encodeURIComponent(id)}`)));
      }
      settle();
    },
  };
}

const local = (date) => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** A window is open for four hours unless somebody says otherwise. */
const OPEN_MILLIS = 4 * 3_600_000;

function arming(kind) {
  const problem = h('div', {});
  const from = h('input', { type: 'datetime-local', id: 'not-before', required: true });
  const until = h('input', { type: 'datetime-local', id: 'not-after', required: true });
  const typed = h('input', { id: 'typed', inputmode: 'numeric', autocomplete: 'off', placeholder: 'number of devices', oninput: () => settle() });
  const pressers = h('input', { id: 'pressers', autocomplete: 'off', placeholder: 'anybody whose role allows it' });
  const arm = h('button', { type: 'submit', id: 'arm', class: 'primary', 'aria-disabled': 'true' }, 'Arm');
  const disarm = h('button', { type: 'button', id: 'disarm', 'aria-disabled': 'true', onclick: () => once(disarm, problem, () => post(api('disarm'))) }, 'Disarm');
  const said = h('p', { class: 'said', role: 'status' });
  let status = { state: '', lights: [] };
  const typedDevices = () => (/^\d[\d ,.'’]*$/.test(typed.value.trim()) ? Number(typed.value.replace(/\D/g, '')) : NaN);
  function settle() {
    const missing = status.lights.filter((light) => !light.green && ['SNAPSHOT', 'PROOF', 'APPROVAL'].includes(light.name));
    const right = typedDevices() === status.snapshot?.devices;
    enable(arm, status.state === 'LOADED' && missing.length === 0 && right && may('arm', kind));
    enable(disarm, status.state === 'ARMED' && may('disarm', kind));
    setText(said, status.state === 'ARMED' ? `Armed by ${status.armedBy}, ${moment(status.window.notBefore)} to ${moment(status.window.notAfter)}.${status.pressers.length > 0 ? ` ${status.pressers.join(' or ')} may press.` : ''}`
      : ['LAUNCHED', 'COMPLETED', 'ABORTED'].includes(status.state) ? 'Launched. A launch is final.'
        : missing.length > 0 ? 'The check-list says what is missing.'
          : right ? 'Ready to arm.' : 'Type how many devices it goes to. The number is in the check-list.');
  }
  const field = (label, input) => h('div', { class: 'field' }, h('label', { for: input.id }, label), input);
  const form = h('form', {}, h('div', { class: 'grid' }, field('Not before', from), field('Not after', until), field('Audience size, typed', typed), field('Who may press, names', pressers)),
    h('div', { class: 'row' }, arm, disarm, said), note('arm', 'arm', kind), problem);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    once(arm, problem, () => post(api('arm'), {
      notBefore: new Date(from.value).toISOString(), notAfter: new Date(until.value).toISOString(), devices: typedDevices(),
      pressers: pressers.value.split(/[\s,;]+/).filter(Boolean),
    }));
  });
  return {
    section: h('section', { class: 'card', 'aria-labelledby': 'arm-title' }, h('h2', { id: 'arm-title' }, 'Arm'), form),
    update(next) {
      // From now on by the server's clock, whatever this one shows.
      if (status.state === '') {
        from.value = local(new Date(next.at));
        until.value = local(new Date(Date.parse(next.at) + OPEN_MILLIS));
      }
      status = next;
      settle();
    },
  };
}

page('', async (main) => {
  const campaign = await get(`/campaigns/${encodeURIComponent(id)}`);
  document.body.dataset.kind = campaign.kind;
  const state = h('span', { class: 'state' });
  const lost = h('p', { class: 'lost', role: 'status' });
  const list = h('ol', { class: 'checklist' });
  const door = h('a', { class: 'button primary', href: campaignPath(id, 'control') }, 'To the control room');
  const parts = [audience(h('div', {}), campaign.kind), proofing(id, campaign.kind), approval(campaign), arming(campaign.kind)];
  main.append(
    h('div', { class: 'title-row' },
      h('div', {}, h('h1', {}, campaign.name), h('p', { class: 'sub' }, `${id} · by ${names(campaign.authors)}`)),
      state, h('a', { class: 'button', href: campaignPath(id, 'content') }, 'Content'), door),
    campaign.kind === 'silent' ? h('p', { class: 'rehearsal strip' }, 'REHEARSAL — no phone will light up') : '',
    lost,
    h('div', { class: 'columns' },
      h('div', { class: 'stack' }, parts.map((part) => part.section)),
      h('aside', { class: 'card sticky', 'aria-labelledby': 'check-title' }, h('h2', { id: 'check-title' }, 'Check-list'), list)));
  watch(id, (status) => {
    setText(lost, '');
    setText(state, STATES[status.state] ?? status.state);
    state.className = `state state-${status.state.toLowerCase()}`;
    parts.forEach((part) => part.update(status));
    lights(list, status, 'Launched. There is nothing left to check.');
  }, (reason) => {
    notUpToDate(lost, reason);
    darken(list);
  });
});
