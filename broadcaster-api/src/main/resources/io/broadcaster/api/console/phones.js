// One content as the two kinds of phones show it, near enough to judge the length of a line.
import { h } from './dom.js';

const APP = 'Your app';

export const PLATFORMS = { ios: 'iOS', android: 'Android' };

function notification(kind, title, body) {
  return h('div', { class: `notification ${kind}` },
    h('div', { class: 'app' }, h('span', { class: 'app-icon', 'aria-hidden': 'true' }), h('span', {}, APP), h('span', { class: 'ago' }, 'now')),
    title ? h('div', { class: 'notification-title' }, title) : null,
    body ? h('div', { class: 'notification-body' }, body) : null,
    !title && !body ? h('div', { class: 'notification-body' }, '(nothing to show)') : null);
}

/** The phones of the content's platforms; a silent push shows none. */
export function phones(content, silent) {
  return h('div', { class: 'phones' }, Object.keys(PLATFORMS).filter((platform) => content.platforms.includes(platform)).map((platform) =>
    h('figure', { class: `phone ${platform}` },
      h('figcaption', {}, PLATFORMS[platform]),
      silent
        ? h('p', { class: 'rehearsal' }, 'REHEARSAL — no phone will light up')
        : notification(platform, content.title, content.body))));
}
