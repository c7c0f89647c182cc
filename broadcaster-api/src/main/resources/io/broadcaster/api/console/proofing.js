// Proofs: a copy of exactly the loaded content on the team's phones, and those phones' registration.
import { clock, enable, h, table } from './dom.js';
import { get, may, post, put, whoMay } from './api.js';
import { PLATFORMS } from './phones.js';
import { attempt, once } from './shell.js';

/** The section; call update(status) with every status. */
export function proofing(id, kind) {
  const problem = h('div', {});
  const devices = h('div', { class: 'rows' });
  const proofs = h('div', {});
  let ready = false;
  let drawn = '';

  async function list() {
    const { testDevices } = await get('/test-devices');
    devices.replaceChildren(...(testDevices.length === 0 ? [h('p', { class: 'empty' }, 'No test device is registered yet.')] : testDevices.map((device) =>
      h('div', { class: 'row' },
        h('span', {}, h('strong', {}, device.name), h('span', { class: 'sub' }, `${PLATFORMS[device.platform]} · ${device.locale} · ${device.owner}`)),
        h('button', { type: 'button', 'aria-disabled': String(!ready), class: 'send-proof', onclick: (event) => once(event.currentTarget, problem, () => post(`/campaigns/${encodeURIComponent(id)}/proofs`, { testDevice: device.name })) }, `Send proof to ${device.name}`)))));
  }

  const name = h('input', { id: 'device-name', required: true, pattern: '[a-z0-9][a-z0-9\\-]{0,62}', maxlength: 63 });
  const platform = h('select', { id: 'device-platform' }, Object.entries(PLATFORMS).map(([key, text]) => h('option', { value: key }, text)));
  const locale = h('input', { id: 'device-locale', required: true, value: 'en', maxlength: 35 });
  const token = h('input', { id: 'device-token', required: true, autocomplete: 'off', spellcheck: 'false' });
  const field = (label, input) => h('div', { class: 'field' }, h('label', { for: input.id }, label), input);
  const form = h('form', { class: 'grid' }, field('Name', name), field('Platform', platform), field('Locale', locale), field('Push token', token),
    h('button', { type: 'submit', disabled: !may('register-test-device') }, 'Register'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(problem, async () => {
      await put(`/test-devices/${encodeURIComponent(name.value)}`, { platform: platform.value, locale: locale.value, token: token.value.trim() });
      form.reset();
      await list();
    });
  });
  const section = h('section', { class: 'card', 'aria-labelledby': 'proof-title' },
    h('h2', { id: 'proof-title' }, 'Proof'),
    h('p', { class: 'hint' }, 'A copy of exactly this content, through the vendor’s own library. Look at the phone before you approve.'),
    may('proof', kind) ? '' : h('p', { class: 'note' }, whoMay('proof', 'send proofs', kind)),
    devices, problem, proofs,
    h('details', {}, h('summary', {}, 'Register a test device'), h('p', { class: 'hint' }, 'A token goes in and never comes out.'), form));
  list().catch((error) => devices.replaceChildren(h('p', { class: 'alert' }, error.message)));

  return {
    section,
    update(status) {
      const can = ['LOADED', 'ARMED'].includes(status.state) && may('proof', kind);
      if (can !== ready) {
        ready = can;
        section.querySelectorAll('.send-proof').forEach((button) => enable(button, ready));
      }
      const text = JSON.stringify(status.proofs);
      if (text !== drawn) {
        drawn = text;
        proofs.replaceChildren(status.proofs.length === 0 ? '' : table('Proofs', ['When', 'Test device', 'Platform', 'Answer', 'Content'],
          status.proofs.map((proof) => [clock(proof.requestedAt), proof.testDevice, PLATFORMS[proof.platform],
            h('span', { class: `answer answer-${proof.outcome}` }, proof.outcome), proof.thisContent ? 'this one' : 'an older one'])));
      }
    },
  };
}
