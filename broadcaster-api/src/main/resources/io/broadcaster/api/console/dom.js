// Building elements and writing figures. No markup from strings anywhere: text goes in as text.

/** An element: h('p', {class: 'note', onclick: f}, 'text', child). Absent and false attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A table with a caption for those who do not see it; cells that are numbers are set as figures.
    Each cell bears its column's head: where the window is too narrow for its columns, each row is a list,
    unless rows are what is compared. */
export function table(caption, head, rows, { stacks = true } = {}) {
  const cell = (value, column) =>
    h('td', { class: typeof value === 'number' ? 'figure' : false, 'data-head': head[column] }, typeof value === 'number' ? count(value) : value);
  const region = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption, 'data-columns': stacks && head.length },
    h('table', {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, head.map((text, column) => h('th', { scope: 'col', class: isFigure(rows[0]?.[column]) ? 'figure' : false }, text)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, row.map(cell))))));
  shown.observe(region);
  return region;
}

/** The least width of a column, px, at which most words stand beside each other. */
const COLUMN_PIXELS = 112;

/** By caption, the widest that a table was, px, when its columns did not fit for all that. It stays stacked up to that
    width, so that figures that grow and shrink do not turn it over and over. */
const tooNarrow = new Map();

const isTooNarrow = ({ ariaLabel, dataset }, width) =>
  dataset.columns !== undefined && width <= Math.max(dataset.columns * COLUMN_PIXELS, tooNarrow.get(ariaLabel) ?? 0);

function fit(region) {
  const width = region.clientWidth;
  region.classList.toggle('stacked', isTooNarrow(region, width));
  if (region.dataset.columns !== undefined && region.scrollWidth > width && !isTooNarrow(region, width)) {
    tooNarrow.set(region.ariaLabel, width);
    region.classList.add('stacked');
  }
}

/** Calls back before the first paint of a table, wherever it was put. */
const shown = new ResizeObserver((entries) => entries.forEach(({ target }) => {
  shown.unobserve(target);
  fit(target);
}));

window.addEventListener('resize', () => document.querySelectorAll('.scroll').forEach(fit));

/** By what a link or a table is known again. */
const named = (element) => (element.tagName === 'A' ? `${element.className} ${element.getAttribute('href')}` : element.ariaLabel);

/** Draws a table anew: what had the focus has it again, and the table is stacked from the start if it was, so that the page does
    not scroll. Not while somebody marks text in it, to copy it: whether it was drawn. */
export function redraw(host, drawn) {
  const marked = getSelection();
  if (!marked.isCollapsed && host.contains(marked.anchorNode)) {
    return false;
  }
  const focused = host.contains(document.activeElement) ? named(document.activeElement) : '';
  drawn.classList.toggle('stacked', isTooNarrow(drawn, host.clientWidth));
  host.replaceChildren(drawn);
  if (focused) {
    [drawn, ...drawn.querySelectorAll('a')].find((element) => named(element) === focused)?.focus({ preventScroll: true });
  }
  return true;
}

/** Whether a button takes a click. One that does not keeps the focus, which `disabled` would drop. */
export function enable(button, able) {
  button.ariaDisabled = able ? 'false' : 'true';
}

export const isEnabled = (button) => button.ariaDisabled !== 'true';

/** Hides it or not; a focus within goes on to `next`, not to nowhere. */
export function hide(element, hidden, next) {
  if (hidden && element.contains(document.activeElement)) {
    next.focus();
  }
  element.hidden = hidden;
}

const isFigure = (value) => typeof value === 'number' || (value instanceof Element && value.classList.contains('figure'));

/** Sets text only where it differs, so that nothing is announced twice and nothing flickers. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const count = (value) => whole.format(value ?? 0);

/** Milliseconds as a person reads them: 640 ms, 3.91 s. */
export function span(millis) {
  if (millis === undefined || millis === null || !Number.isFinite(millis)) {
    return '–';
  }
  return millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(2)} s`;
}

/** Local time of day with milliseconds: the moment of a press. */
export function clock(iso) {
  const at = new Date(iso);
  const two = (value) => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

const INSTANTS = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** A sentence of the server's with its instants in local time, as on the clock in the room. */
export const inLocalTime = (sentence) =>
  sentence.replace(INSTANTS, (iso) => new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }));

/** Local date and time to the minute. */
export function moment(iso) {
  if (!iso) {
    return '–';
  }
  const at = new Date(iso);
  const two = (value) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function size(bytes) {
  return bytes < 10_000 ? `${count(bytes)} B` : bytes < 10_000_000 ? `${count(bytes / 1000)} kB` : `${count(bytes / 1_000_000)} MB`;
}

/** The first of some people, and how many more there are. */
export const names = (people) => (people.length > 1 ? `${people[0]} and ${people.length - 1} more` : people[0]);

/** The campaign's id in /campaigns/{id}/… */
export const campaignInPath = () => decodeURIComponent(location.pathname.split('/')[2] ?? '');

export const campaignPath = (id, page) => `/campaigns/${encodeURIComponent(id)}/${page}`;
