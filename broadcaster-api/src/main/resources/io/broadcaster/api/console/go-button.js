// The square. One native button: its border box is what is painted and what is hit. One press is one click event, whether it
// came from a mouse, a finger, Enter or Space; the feedback is set in that event's own frame, before anything is asked. A dead one
// keeps the focus of whoever waits with a finger on the key.

import { enable } from './dom.js';

/** How long the answer of a press may take before the square says so and may be pressed again: a press is safe to repeat. */
const ANSWER_MILLIS = 10_000;

/**
 * @param button the element
 * @param words what it says: {dead, ready, pressed, launched}
 * @param press asks the server; answers with the launch that stands
 */
export class GoButton {
  #button;
  #words;
  #press;
  #listeners;
  #live = false;
  #underWay = false;
  #launched = false;
  #unanswered = false;

  constructor(button, words, press, listeners) {
    this.#button = button;
    this.#words = words;
    this.#press = press;
    this.#listeners = listeners;
    button.addEventListener('click', () => this.#pressed());
    // A key held down repeats; only its first stroke counts.
    button.addEventListener('keydown', (event) => {
      if (event.repeat) {
        event.preventDefault();
      }
    });
    this.#draw();
  }

  /** Whether a press would be taken, of this person and now, and whether there is a launch already. */
  update(live, launched) {
    this.#launched ||= launched;
    this.#live = live;
    this.#unanswered = false;
    this.#draw();
  }

  /** Nobody knows whether a press would be taken. One that was not answered may still be repeated. */
  lost() {
    this.#live &&= this.#launched || this.#unanswered;
    this.#draw();
  }

  async #pressed() {
    if (!this.#live || this.#underWay) {
      return;
    }
    this.#underWay = true;
    this.#draw();
    this.#listeners.pressed();
    try {
      const launch = await this.#press(AbortSignal.timeout(ANSWER_MILLIS));
      this.#launched = true;
      this.#underWay = false;
      this.#listeners.launched(launch);
    } catch (error) {
      this.#underWay = false;
      this.#unanswered = error.status === 0;
      this.#live ||= this.#unanswered;
      this.#listeners.refused(this.#unanswered ? 'No answer yet. Press again: it is safe.' : error.message);
    }
    this.#draw();
  }

  #draw() {
    const state = this.#underWay ? 'pressed' : this.#launched ? 'launched' : this.#live ? 'ready' : 'dead';
    this.#button.dataset.state = state;
    enable(this.#button, this.#live);
    this.#button.firstElementChild.textContent = this.#words[state][0];
    this.#button.lastElementChild.textContent = this.#words[state][1];
  }
}
