// What the phones will say, per locale, with what the providers will measure and what looks like a leak.
import { campaignInPath, campaignPath, count, h } from './dom.js';
import { call, get, may, post, put, whoMay } from './api.js';
import { phones } from './phones.js';
import { once, page } from './shell.js';

const PREVIEW_AFTER_MILLIS = 250;

/** So long after a preview that was not answered it is asked for again. */
const AGAIN_AFTER_MILLIS = 2000;
const LEAKS = {
  placeholder: (leak) => `“${leak.text}” looks like a placeholder that nobody filled in.`,
  internal_id: (leak) => `“${leak.text}” looks like an internal id.`,
  empty: () => 'is empty.',
};

const INPUTS = { 'campaign id': 'id', name: 'campaign-name', defaultLocale: 'default-locale' };

/** Marks the input whose field the server refuses. */
function mark(field) {
  const [, index, part] = /^contents\[(\d+)\]\.(\w+)/.exec(field) ?? [];
  const id = part ? `${part}-${index}` : (INPUTS[field] ?? field);
  document.querySelectorAll('form input, form textarea').forEach((input) => input.setAttribute('aria-invalid', id !== '' && input.id === id));
}

const isNew = location.pathname === '/console/new';

function blank() {
  return {
    id: '', name: '', kind: 'alert', policy: 'at-least-once', expiry: 'PT1H', defaultLocale: 'en',
    contents: [{ locale: 'en', platforms: ['ios', 'android'], title: '', body: '', data: {} }],
  };
}

/** The campaign to write: a new one, a copy, or the one that stands with its version. */
async function starting() {
  const from = new URLSearchParams(location.search).get('from');
  if (isNew && !from) {
    return { spec: blank(), etag: '' };
  }
  const response = await call('GET', `/campaigns/${encodeURIComponent(isNew ? from : campaignInPath())}`);
  const campaign = await response.json();
  const { id, name, kind, policy, expiry, defaultLocale, contents } = campaign;
  return { spec: { id: isNew ? '' : id, name, kind, policy, expiry, defaultLocale, contents }, etag: response.headers.get('etag'), state: isNew ? '' : campaign.state };
}

const EXPIRIES = [['PT0S', 'one attempt'], ['PT1H', '1 hour'], ['PT4H', '4 hours'], ['PT24H', '1 day']];

const expiries = (current) => (EXPIRIES.some(([key]) => key === current) ? EXPIRIES : [...EXPIRIES, [current, current]]);

const field = (label, input, hint) =>
  h('div', { class: 'field' }, h('label', { for: input.id }, label), input, hint ? h('p', { class: 'hint' }, hint) : null);

const select = (id, value, options, onchange) => {
  const element = h('select', { id, onchange }, options.map(([key, text]) => h('option', { value: key, selected: key === value }, text)));
  return element;
};

function dataText(data) {
  return Object.entries(data).map(([key, value]) => `${key}=${value}`).join('\n');
}

function dataOf(text) {
  return Object.fromEntries(text.split('\n').filter((line) => line.includes('='))
    .map((line) => [line.slice(0, line.indexOf('=')).trim(), line.slice(line.indexOf('=') + 1).trim()]));
}

/** One locale: its fields on one side, its phones and its bytes on the other. */
function localeCard(spec, index, changed, remove) {
  const content = spec.contents[index];
  const set = (name) => (event) => { content[name] = event.target.value; changed(); };
  const id = (name) => `${name}-${index}`;
  const platforms = h('fieldset', { class: 'checks' }, h('legend', {}, 'Phones'), ['ios', 'android'].map((platform) =>
    h('label', {}, h('input', {
      type: 'checkbox', checked: content.platforms.includes(platform),
      onchange: (event) => {
        content.platforms = ['ios', 'android'].filter((p) => (p === platform ? event.target.checked : content.platforms.includes(p)));
        changed();
      },
    }), platform === 'ios' ? 'iOS' : 'Android')));
  const title = h('input', { id: id('title'), value: content.title, maxlength: 1024, oninput: set('title') });
  const body = h('textarea', { id: id('body'), rows: 3, maxlength: 4096, oninput: set('body') });
  body.value = content.body;
  const data = h('textarea', { id: id('data'), rows: 2, oninput: (event) => { content.data = dataOf(event.target.value); changed(); } });
  data.value = dataText(content.data);
  const preview = h('div', { class: 'preview' });
  const bytes = h('ul', { class: 'bytes' });
  const leaks = h('ul', { class: 'leaks' });
  const card = h('section', { class: 'card locale', 'aria-label': `Locale ${content.locale}` },
    h('div', { class: 'fields' },
      h('div', { class: 'pair' },
        field('Locale', h('input', { id: id('locale'), value: content.locale, oninput: set('locale'), maxlength: 35 })), platforms),
      field('Title', title), field('Text', body), field('Data', data, 'for the app: a line key=value each'),
      spec.contents.length > 1 ? h('button', { type: 'button', class: 'quiet', onclick: remove }, `Remove ${content.locale || 'this locale'}`) : null),
    h('div', {}, preview, bytes, leaks));
  return {
    card,
    draw: () => preview.replaceChildren(phones(content, spec.kind === 'silent')),
    judge: (judged) => {
      bytes.replaceChildren(...judged.payloads.filter((payload) => payload.content === index).map((payload) =>
        h('li', { class: payload.bytes > payload.bytesMax ? 'over' : false },
          `${payload.platform === 'ios' ? 'iOS' : 'Android'}: ${count(payload.bytes)} of ${count(payload.bytesMax)} bytes`)));
      leaks.replaceChildren(...judged.leaks.filter((leak) => leak.field.startsWith(`contents[${index}].`)).map((leak) =>
        h('li', {}, h('strong', {}, leak.field.split('.').slice(1).join('.')), ' ', LEAKS[leak.kind](leak))));
    },
  };
}

page(isNew ? 'New campaign' : 'Content', async (main) => {
  const { spec, etag, state } = await starting();
  const problem = h('div', {});
  const verdict = h('p', { class: 'verdict', role: 'status' });
  const locales = h('div', { class: 'stack' });
  const meant = h('input', { type: 'checkbox', id: 'meant', onchange: () => settle() });
  const meantRow = h('p', { class: 'meant', hidden: true }, h('label', {}, meant, 'I have read every warning; this is meant.'));
  const save = h('button', { type: 'submit', class: 'primary', id: 'save' }, isNew ? 'Create campaign' : 'Save as a new revision');
  let cards = [];
  let judged = { payloads: [], leaks: [] };
  let refusal = '';
  let wrong = '';
  let timer = 0;
  let asked = 0;
  let unsaved = false;

  /** Nothing is wrong yet with a form that nobody has begun to fill in. */
  const isUntouched = () => isNew && !unsaved && wrong !== '';

  function settle() {
    const over = judged.payloads.some((payload) => payload.bytes > payload.bytesMax);
    meantRow.hidden = judged.leaks.length === 0;
    save.disabled = !may('write-content', spec.kind) || refusal !== '' || over || (judged.leaks.length > 0 && !meant.checked);
    verdict.textContent = whoMay('write-content', 'write this campaign', spec.kind) || (isUntouched() ? 'Begin with an id, a name and a text.' : refusal) || (over ? 'A payload is longer than its provider takes.'
      : judged.leaks.length > 0 ? judged.leaks.length === 1 ? 'A warning: read it before you save.' : `${judged.leaks.length} warnings: read them before you save.` : 'Nothing looks like a leak.');
    verdict.className = isUntouched() ? 'verdict' : `verdict ${refusal || over ? 'bad' : judged.leaks.length > 0 ? 'warn' : 'good'}`;
  }

  async function judge() {
    const number = ++asked;
    const { id, ...body } = spec;
    try {
      const answer = await post('/previews', body);
      if (number === asked) {
        [judged, refusal, wrong] = [answer, '', ''];
      }
    } catch (error) {
      if (number === asked) {
        [judged, refusal, wrong] = [{ payloads: [], leaks: [] }, error.message, error.field];
        timer = [0, 401, 503].includes(error.status) ? setTimeout(judge, AGAIN_AFTER_MILLIS) : timer;
      }
    }
    cards.forEach((card) => card.judge(judged));
    mark(isUntouched() ? '' : wrong);
    settle();
  }

  function changed() {
    problem.replaceChildren();
    cards.forEach((card) => card.draw());
    save.disabled = true;
    meant.checked = false;
    clearTimeout(timer);
    timer = setTimeout(judge, PREVIEW_AFTER_MILLIS);
  }

  function rebuild() {
    cards = spec.contents.map((_, index) => localeCard(spec, index, changed, () => { spec.contents.splice(index, 1); unsaved = true; rebuild(); addLocale.focus(); }));
    locales.replaceChildren(...cards.map((card) => card.card));
    document.body.dataset.kind = spec.kind;
    changed();
  }

  const set = (name) => (event) => { spec[name] = event.target.value; changed(); };
  const addLocale = h('button', { type: 'button', onclick: () => {
    spec.contents.push({ locale: '', platforms: ['ios', 'android'], title: '', body: '', data: {} });
    unsaved = true;
    rebuild();
    document.getElementById(`locale-${spec.contents.length - 1}`).focus();
  } }, 'Add a locale');
  const form = h('form', { class: 'stack', novalidate: true },
    h('section', { class: 'card grid thirds' },
      field('Id', h('input', { id: 'id', value: spec.id, disabled: !isNew, oninput: set('id'), maxlength: 63 }), 'in links and files; never changes'),
      field('Name', h('input', { id: 'campaign-name', value: spec.name, oninput: set('name'), maxlength: 200 })),
      field('Kind', select('kind', spec.kind, [['alert', 'Live: phones light up'], ['silent', 'Rehearsal: silent, no phone lights up']], (event) => { spec.kind = event.target.value; rebuild(); })),
      field('Policy', select('policy', spec.policy, [['at-least-once', 'At least once (a repeat replaces itself)'], ['at-most-once', 'At most once']], set('policy'))),
      field('Expiry', select('expiry', spec.expiry, expiries(spec.expiry), set('expiry')), 'how long a provider keeps it for a phone that is off'),
      field('Default locale', h('input', { id: 'default-locale', value: spec.defaultLocale, oninput: set('defaultLocale'), maxlength: 35 }))),
    locales,
    h('p', {}, addLocale),
    h('div', { class: 'save-row' }, verdict, meantRow, save, problem));
  form.addEventListener('input', () => { unsaved = true; });
  window.addEventListener('beforeunload', (event) => unsaved && event.preventDefault());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    once(save, problem, async () => {
      const { id, ...body } = spec;
      await (isNew ? post('/campaigns', spec) : put(`/campaigns/${encodeURIComponent(id)}`, body, { 'If-Match': etag })).catch((error) => {
        mark(error.field);
        throw error;
      });
      unsaved = false;
      // Back leads to where this was begun, not to an empty form.
      location[isNew ? 'replace' : 'assign'](campaignPath(id, 'prepare'));
    });
  });
  const final = ['LAUNCHED', 'COMPLETED', 'ABORTED'].includes(state);
  if (final) {
    main.append(h('p', { class: 'note' }, 'A launch is final. ', h('a', { href: `/console/new?from=${encodeURIComponent(spec.id)}` }, 'Copy this campaign'), '.'));
    form.lastElementChild.hidden = true;
  } else if (state === 'ARMED') {
    main.append(h('p', { class: 'note' }, 'Saving disarms this campaign: it must be loaded, proofed and approved again.'));
  }
  main.append(form);
  rebuild();
  if (final) {
    form.querySelectorAll('input, select, textarea, button').forEach((control) => { control.disabled = true; });
  }
});
