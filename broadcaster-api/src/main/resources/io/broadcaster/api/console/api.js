// The API as the person who has signed in: the same routes as everybody's, described in /openapi.json.

let me = { name: '', roles: [], acts: {}, app: '', apps: {} };

export const user = () => me.name;

export const roles = () => me.roles;

/** The app that this installation sends for, and the addresses of the others' consoles by name. */
export const app = () => me.app;

export const otherApps = () => me.apps;

/** Whether the table of rights lets this person do it to a campaign of this kind. The server asks it again. */
export function may(act, kind = 'alert') {
  const right = me.acts[act]?.right ?? 'no';
  return right === 'yes' || (right === 'silent' && kind === 'silent');
}

/** Why one may not, and who can: a sentence, or nothing. */
export function whoMay(act, words, kind) {
  return may(act, kind) ? '' : `You cannot ${words} as ${me.roles.join(' and ') || 'somebody without a role'}: ${(me.acts[act]?.roles ?? []).join(' or ')} can.`;
}

/** Whether somebody has typed or ticked something on this page. */
let typed = false;
window.addEventListener('input', () => { typed = true; });

let tellSignedOut = () => {};

/** `tell` hears whether the session has ended while something typed keeps the page where it is. */
export function onSignedOut(tell) {
  tellSignedOut = tell;
}

/** Off to the issuer, and back to this page; not where something typed would be lost. */
function signIn() {
  if (typed) {
    tellSignedOut(true);
    throw new Problem(401, { detail: 'Your session has ended.' });
  }
  location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  return new Promise(() => {});
}

const SESSION_ASKED_EVERY_MILLIS = 60_000;

/** Who has signed in; whoever has not is sent to sign in. A page that somebody looks at keeps its session alive. */
export async function enter() {
  me = await get('/session');
  setInterval(() => {
    if (!document.hidden) {
      get('/session').then((session) => { me = session; }, () => {});
    }
  }, SESSION_ASKED_EVERY_MILLIS);
}

export async function signOut() {
  await call('DELETE', '/session');
}

/** No form and no page of others can send it: a change by cookie must bear it. */
const PAGE = { 'Broadcaster-Page': 'console' };

const STALE = 412;
const CHANGED = 'Somebody has changed this campaign since you read it. Copy what you have typed; then reload the page to see what stands now.';

/** A refusal in the server's own words; status 0 is no answer at all. */
export class Problem extends Error {
  constructor(status, body) {
    super(status === STALE ? CHANGED : body.detail ?? body.title ?? `The API answered ${status}.`);
    this.status = status;
    this.title = body.title ?? '';
    this.field = body.field ?? '';
  }
}

async function problem(response) {
  try {
    return new Problem(response.status, await response.json());
  } catch {
    return new Problem(response.status, {});
  }
}

const NO_ANSWER = { detail: 'The API does not answer.' };

async function answer(path, request) {
  try {
    return await fetch(path, request);
  } catch (error) {
    throw error.name === 'AbortError' ? error : new Problem(0, NO_ANSWER);
  }
}

/** The response of a call, or a Problem. */
export async function call(method, path, { json, headers = {}, signal } = {}) {
  const all = { ...PAGE, ...headers };
  let body;
  if (json !== undefined) {
    all['Content-Type'] = 'application/json';
    body = JSON.stringify(json);
  }
  const response = await answer(path, { method, headers: all, body, signal, cache: 'no-store' });
  if (response.status === 401) {
    return signIn();
  }
  tellSignedOut(false);
  if (!response.ok) {
    throw await problem(response);
  }
  return response;
}

export async function get(path, signal) {
  return (await call('GET', path, { signal })).json();
}

export async function post(path, json, headers) {
  return (await call('POST', path, { json, headers })).json();
}

export async function put(path, json, headers) {
  return (await call('PUT', path, { json, headers })).json();
}

const FORMATS = [[/\.csv(\.gz|\.zst)?$/i, 'text/csv'], [/\.(jsonl|ndjson)(\.gz|\.zst)?$/i, 'application/x-ndjson']];

/** Sends the file as it is and tells how much has gone; fetch cannot. */
export function upload(path, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', path);
    Object.entries(PAGE).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.setRequestHeader('Content-Type', FORMATS.find(([ending]) => ending.test(file.name))?.[1] ?? 'text/plain');
    if (/\.gz$/i.test(file.name)) {
      request.setRequestHeader('Content-Encoding', 'gzip');
    } else if (/\.zst$/i.test(file.name)) {
      request.setRequestHeader('Content-Encoding', 'zstd');
    }
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded, event.total));
    request.addEventListener('error', () => reject(new Problem(0, { detail: 'The upload broke off.' })));
    request.addEventListener('load', () => {
      let body = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = { detail: `The API answered ${request.status}.` };
      }
      if (request.status < 300) {
        resolve(body);
      } else {
        tellSignedOut(request.status === 401);
        reject(new Problem(request.status, body));
      }
    });
    request.send(file);
  });
}

const RETRY_MILLIS = 1000;

/** The server says where things stand every two seconds at least: who hears nothing for longer knows nothing. */
const SILENCE_MILLIS = 5000;

const ANSWER_MILLIS = 2000;

/** Ends when somebody looks at the page. */
function seen() {
  return new Promise((resolve) => {
    const look = () => {
      if (!document.hidden) {
        document.removeEventListener('visibilitychange', look);
        resolve();
      }
    };
    document.addEventListener('visibilitychange', look);
    look();
  });
}

/**
 * The campaign's status from now on. When its stream ends, however that be, the status is asked for, and the stream opened again; only
 * when that is not answered either, onLost is called with the reason. Ends where there is nothing to see.
 */
export async function watch(id, onStatus, onLost) {
  const campaign = `/campaigns/${encodeURIComponent(id)}`;
  for (;;) {
    await seen();
    try {
      for await (const status of events(`${campaign}/events`)) {
        onStatus(status);
      }
      if (document.hidden) {
        continue;
      }
      onStatus(await get(`${campaign}/status`, AbortSignal.timeout(ANSWER_MILLIS)));
    } catch (error) {
      onLost(error.message);
      if (error.status === 403 || error.status === 404) {
        return;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
  }
}

/**
 * The events of a stream until it breaks off, falls silent, or nobody looks at the page, which then lets go of it: a browser has six
 * connections per server, and the press must never wait for one. Read by hand, because an EventSource tells of no silence.
 */
async function* events(path) {
  const stream = new AbortController();
  const end = () => stream.abort();
  let silence = setTimeout(end, SILENCE_MILLIS);
  document.addEventListener('visibilitychange', end);
  try {
    const reader = (await call('GET', path, { signal: stream.signal })).body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
      clearTimeout(silence);
      silence = setTimeout(end, SILENCE_MILLIS);
      const whole = (rest + value).split('\n\n');
      rest = whole.pop();
      yield* whole.map(statusOf);
    }
  } catch {
    // What has become of the API, the question for the status tells.
  } finally {
    clearTimeout(silence);
    document.removeEventListener('visibilitychange', end);
    end();
  }
}

const statusOf = (event) => JSON.parse(event.split('\n').find((line) => line.startsWith('data: ')).slice(6));

/** Downloads; a refusal comes as a Problem, where a link would open it as a page. */
export async function download(path, name) {
  const blob = await (await call('GET', path)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
