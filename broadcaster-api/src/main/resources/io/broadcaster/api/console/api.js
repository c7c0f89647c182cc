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

/** Off to the issuer, and back to this page. */
function signIn() {
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

/** A refusal in the server's own words. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? body.title ?? `The API answered ${status}.`);
    this.status = status;
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

/** The response of a call, or a Problem. */
export async function call(method, path, { json, headers = {}, signal } = {}) {
  const all = { ...PAGE, ...headers };
  let body;
  if (json !== undefined) {
    all['Content-Type'] = 'application/json';
    body = JSON.stringify(json);
  }
  const response = await fetch(path, { method, headers: all, body, signal, cache: 'no-store' });
  if (response.status === 401) {
    return signIn();
  }
  if (!response.ok) {
    throw await problem(response);
  }
  return response;
}

export async function get(path) {
  return (await call('GET', path)).json();
}

export async function post(path, json) {
  return (await call('POST', path, { json })).json();
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
        reject(new Problem(request.status, body));
      }
    });
    request.send(file);
  });
}

const RETRY_MILLIS = 1000;

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
 * The campaign's status from now on. The stream is read by hand, because EventSource does not tell why it was refused;
 * it is opened again when it breaks off. onLost is called when nothing is heard, with the reason. A page that nobody looks at lets go of its
 * stream: a browser has six connections per server, and the press must never wait for one.
 */
export async function watch(id, onStatus, onLost) {
  for (;;) {
    await seen();
    const hidden = new AbortController();
    const letGo = () => hidden.abort();
    document.addEventListener('visibilitychange', letGo);
    try {
      const response = await call('GET', `/campaigns/${encodeURIComponent(id)}/events`, { signal: hidden.signal });
      await readEvents(response.body, onStatus);
      onLost('the stream ended');
    } catch (error) {
      if (hidden.signal.aborted) {
        continue;
      }
      onLost(error.message);
      if (error instanceof Problem && error.status >= 400 && error.status < 500) {
        return;
      }
    } finally {
      document.removeEventListener('visibilitychange', letGo);
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
  }
}

async function readEvents(body, onStatus) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const data = event.split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6)).join('\n');
      if (data) {
        onStatus(JSON.parse(data));
      }
    }
  }
}

/** Downloads; a refusal comes as a Problem, where a link would open it as a page. */
export async function download(path, name) {
  const blob = await (await call('GET', path)).blob();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
