// The control room: lights, the square, and what follows from it. Readable from three metres.
import { campaignInPath, campaignPath, clock, count, enable, h, setText } from './dom.js';
import { app, call, get, may, post, user, watch, whoMay } from './api.js';
import { figures, stopTime } from './figures.js';
import { GoButton } from './go-button.js';
import { HoldButton } from './hold-button.js';
import { darken, lights } from './lights.js';
import { notUpToDate, page, titled } from './shell.js';
import { STATES } from './states.js';

const id = campaignInPath();
const path = (act) => `/campaigns/${encodeURIComponent(id)}/${act}`;

const WORDS = {
  alert: { dead: ['GO', 'not yet'], ready: ['GO', 'press'], pressed: ['GO', 'pressed'], launched: ['LAUNCHED', 'pressing again changes nothing'] },
  silent: { dead: ['REHEARSE', 'not yet'], ready: ['REHEARSE', 'press'], pressed: ['REHEARSE', 'pressed'], launched: ['REHEARSED', 'pressing again changes nothing'] },
};

/** The square and what is said about the press. */
function launcher(kind) {
  const go = h('button', { type: 'button', id: 'go', class: 'go', 'aria-describedby': 'go-why' }, h('span', { class: 'word' }), h('span', { class: 'under' }));
  const why = h('p', { id: 'go-why', class: 'go-why' });
  const said = h('p', { id: 'go-said', class: 'go-said', role: 'status' });
  let mine = false;
  let launch = null;
  const tell = () => {
    const first = `${launch.pressedBy} pressed first at ${clock(launch.pressedAt)}.`;
    const another = mine && launch.pressedBy !== user() ? ' Your press shows the same launch.' : '';
    setText(said, first + another);
  };
  const words = WORDS[kind];
  const button = new GoButton(go, may('press', kind) ? words : { ...words, dead: [words.dead[0], 'not yours to press'] },
    async (signal) => (await call('POST', path('go'), { signal })).json(),
    {
      pressed: () => setText(said, launch ? said.textContent : 'Pressed…'),
      launched: (stands) => { mine = true; launch = stands; tell(); },
      refused: (reason) => setText(said, reason),
    });
  return {
    element: h('div', { class: 'launcher' }, go, why, said),
    update(status) {
      const red = status.lights.filter((light) => !light.green);
      const named = status.pressers.length === 0 || status.pressers.includes(user());
      const mine = may('press', kind) && (named || Boolean(status.launch));
      const whoPresses = status.pressers.length > 0 ? `${status.pressers.join(' or ')} may press.` : '';
      button.update(mine && (status.state === 'ARMED' && red.length === 0 || Boolean(status.launch)), Boolean(status.launch));
      setText(why, !may('press', kind) ? whoMay('press', 'press', kind) : status.launch ? '' : !named ? whoPresses : red.length === 0 ? `Every light is green. ${whoPresses}` : `${red.length} of ${status.lights.length} lights ${red.length === 1 ? 'is' : 'are'} red.`);
      if (status.launch) {
        launch = status.launch;
        tell();
      }
    },
    lost() {
      button.lost();
      setText(why, launch ? '' : 'Nobody knows how the lights are.');
    },
  };
}

function aborter(kind) {
  const button = h('button', { type: 'button', id: 'abort', class: 'abort', 'aria-disabled': 'true' }, 'Hold to abort');
  const said = h('p', { id: 'abort-said', class: 'abort-said', role: 'status' });
  const hold = new HoldButton(button, async () => {
    setText(said, 'Aborting…');
    try {
      await post(path('abort'));
    } catch (error) {
      setText(said, error.message);
    }
  });
  return {
    element: h('div', { class: 'aborter' }, button, said),
    update(status) {
      const ended = ['COMPLETED', 'ABORTED'].includes(status.state);
      enable(button, status.state === 'LAUNCHED' && may('abort', kind));
      button.title = whoMay('abort', 'abort', kind);
      hold.label(ended ? STATES[status.state] : 'Hold to abort');
      // Whoever has held it, by a key too, stays where he is: the report comes next.
      button.hidden = !status.launch || (ended && button !== document.activeElement);
      if (status.state === 'ABORTED') {
        setText(said, stopTime(status));
      }
    },
  };
}

function readiness() {
  const ready = h('span', { class: 'huge figure', id: 'ready' }, '–');
  const said = h('span', { class: 'of' });
  return {
    element: h('div', { class: 'readiness' }, ready, said),
    update(status) {
      setText(ready, `${status.senders.ready} of ${status.senders.live}`);
      const manifest = status.snapshot ? ` ${status.snapshot.manifestSha256.slice(0, 8)}` : '';
      setText(said, ` senders hold this snapshot${manifest}`);
    },
    lost() {
      setText(ready, '–');
    },
  };
}

function band(campaign) {
  const rehearsal = campaign.kind === 'silent';
  const what = h('strong', { id: 'kind' });
  const state = h('span', { class: 'band-state', id: 'state' });
  const at = h('span', { class: 'figure as-of', id: 'as-of' });
  const full = h('button', { type: 'button', class: 'quiet', onclick: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()) }, 'Full screen');
  return {
    element: h('div', { class: 'kind-band' }, h('strong', { class: 'app' }, app()), what, state, at, full),
    update(status) {
      const devices = status.snapshot?.devices ?? 0;
      const phones = devices === 1 ? '1 phone' : `${count(devices)} phones`;
      setText(what, rehearsal ? 'REHEARSAL — no phone will light up'
        : status.launch ? `LIVE — to ${phones}` : devices ? `LIVE — ${phones} will light up` : 'LIVE — no audience yet');
      setText(state, STATES[status.state] ?? status.state);
      setText(at, `as of ${clock(status.at)}`);
    },
  };
}

/** Names beyond so many characters are set smaller, and smaller still. */
const LONG = 48;
const LONGER = 100;

const sizeOf = ({ length }) => (length > LONGER ? 'longer' : length > LONG ? 'long' : false);

/** What decides the press is in view without scrolling, as measured: where it is not, lights speak lower, and then the green ones
    say no more than go. */
function keepInView(room) {
  const fit = () => {
    for (const size of ['roomy', 'snug', 'tight']) {
      room.dataset.fit = size;
      if (room.getBoundingClientRect().bottom + scrollY <= innerHeight) {
        return;
      }
    }
  };
  window.addEventListener('resize', fit);
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(room);
}

page('', async (main) => {
  const campaign = await get(`/campaigns/${encodeURIComponent(id)}`);
  document.body.dataset.kind = campaign.kind;
  titled(`${campaign.kind === 'silent' ? 'Rehearsal' : 'Control room'} · ${campaign.name}`);
  const list = h('ol', { class: 'lights', id: 'lights' });
  const lost = h('p', { class: 'lost', role: 'status' });
  const before = h('section', { class: 'before', 'aria-label': 'Go or no-go' });
  const results = figures();
  const [top, senders, square, abort] = [band(campaign), readiness(), launcher(campaign.kind), aborter(campaign.kind)];
  before.append(senders.element, list);
  const report = h('a', { class: 'button', id: 'report', hidden: true, href: campaignPath(id, 'report') }, 'Report');
  const room = h('div', { class: 'room' },
    h('div', { class: 'left' }, square.element, abort.element, report),
    h('div', { class: 'right' }, h('h1', { class: sizeOf(campaign.name) }, campaign.name, h('span', { class: 'sub' }, `${id} · revision ${campaign.revision}`)), lost, before, results.section));
  main.append(top.element, room);
  keepInView(room);
  watch(id, (status) => {
    setText(lost, '');
    before.hidden = Boolean(status.launch);
    results.section.hidden = !status.launch;
    report.hidden = !status.launch;
    [top, senders, square, abort, results].forEach((part) => part.update(status));
    lights(list, status, 'Launched.');
  }, (reason) => {
    notUpToDate(lost, reason);
    [senders, square].forEach((part) => part.lost());
    darken(list);
  });
});
