// A button that acts only after it was held for a while, by pointer or by key; letting go before is nothing.

import { isEnabled, setText } from './dom.js';

export const HOLD_MILLIS = 1500;

export class HoldButton {
  #button;
  #label;
  #act;
  #startedAt = 0;
  #holding = false;

  constructor(button, act) {
    this.#button = button;
    this.#label = button.textContent;
    this.#act = act;
    button.addEventListener('pointerdown', (event) => {
      if (event.button === 0) {
        button.setPointerCapture(event.pointerId);
        this.#start();
      }
    });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture', 'blur']) {
      button.addEventListener(end, () => this.#stop());
    }
    button.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        if (!event.repeat) {
          this.#start();
        }
      }
    });
    button.addEventListener('keyup', () => this.#stop());
    button.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  #start() {
    if (this.#holding || !isEnabled(this.#button)) {
      return;
    }
    this.#holding = true;
    this.#startedAt = performance.now();
    this.#tick();
  }

  #stop() {
    this.#holding = false;
    this.#button.style.setProperty('--held', '0');
    this.#button.textContent = this.#label;
  }

  /** What it says while nobody holds it. */
  label(text) {
    this.#label = text;
    if (!this.#holding) {
      setText(this.#button, text);
    }
  }

  #tick() {
    if (!this.#holding || !isEnabled(this.#button)) {
      this.#stop();
      return;
    }
    const held = performance.now() - this.#startedAt;
    if (held >= HOLD_MILLIS) {
      this.#stop();
      this.#act();
      return;
    }
    this.#button.style.setProperty('--held', String(held / HOLD_MILLIS));
    this.#button.textContent = `Keep holding… ${((HOLD_MILLIS - held) / 1000).toFixed(1)} s`;
    requestAnimationFrame(() => this.#tick());
  }
}
