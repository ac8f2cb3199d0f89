// Runs the program in Node or in a browser, and is the server of its calls. The exit status is 1 if a call does not have the expected
// result.
//
// usage: node server.mjs nodejs|web FOLDER [CHROMIUM]

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [platform, folder, chromium] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const requests = {};

const page = `<script type="module">
  const result = await import("/files/wasm_program.js")
    .then(async (program) => {
      await program.default({ module_or_path: "/files/wasm_program_bg.wasm" });
      return program.run(location.origin);
    })
    .catch(String);
  await fetch("/files/result", { method: "POST", body: result });
</script>`;
let finished;
const result = new Promise((resolve) => (finished = resolve));

// Serves the page and its module, and receives the result.
async function file(request, response, name) {
  if (request.method === "POST") {
    finished((await read(request)).toString());
    return response.end();
  }
  const types = { js: "text/javascript", wasm: "application/wasm" };
  response.writeHead(200, { "content-type": types[name.split(".").pop()] ?? "text/html" });
  response.end(name === "page.html" ? page : readFileSync(join(folder, name)));
}

// Returns the result of the program.
async function run(origin) {
  if (platform === "nodejs") return require(join(folder, "wasm_program.js")).run(origin);
  const profile = mkdtempSync(join(tmpdir(), "wasm-profile-"));
  const options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", `--user-data-dir=${profile}`];
  const browser = spawn(chromium, [...options, `${origin}/files/page.html`], { stdio: "ignore" });
  const exited = new Promise((resolve) => browser.once("exit", resolve));
  try {
    return await Promise.race([result, sleep(120_000, "the page did not finish in 120 s")]);
  } finally {
    browser.kill();
    await exited;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const thing = (id) => ({ id, name: `thing ${id}`, size: 1 });
const json = (response, status, value, headers = {}) => {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
};

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const routes = {
  "POST /token": async (request, response) => {
    const form = new URLSearchParams((await read(request)).toString());
    const valid = form.get("client_id") === "id" && form.get("client_secret") === "secret";
    json(response, valid ? 200 : 401, { access_token: "t0ken", token_type: "bearer", expires_in: 3600 });
  },
  "GET /pages/cursor": (_, response, url) => {
    const isLast = url.searchParams.get("cursor") === "second";
    json(response, 200, { items: [thing(isLast ? 2 : 1)], next_cursor: isLast ? null : "second" });
  },
  "GET /news": async (_, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const text of ["one", "two", "three"]) {
      response.write(`data: ${text}\n\n`);
      await sleep(20);
    }
    response.end();
  },
  "GET /log": (request, response) => {
    response.writeHead(200, { "content-type": "application/x-ndjson" });
    response.write('{"index":1}\n');
  },
  "POST /upload": async (request, response) => {
    const body = await read(request);
    json(response, 200, { ...thing(1), name: `${body.length > 300_000}, ${request.headers["content-length"] !== undefined}` });
  },
  "GET /flaky": (_, response) => {
    const isFirst = requests["GET /flaky"] === 1;
    json(response, isFirst ? 503 : 200, {}, isFirst ? { "retry-after-ms": "30" } : {});
  },
  "GET /slow": () => {},
  "GET /broken": (request) => request.socket.destroy(),
};

const unauthorized = [];
const server = createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  if (url.pathname.startsWith("/files/")) return file(request, response, url.pathname.slice("/files/".length));
  const route = `${request.method} ${url.pathname}`;
  // A browser also requests an icon.
  if (!(route in routes)) return json(response, 404, {});
  requests[route] = (requests[route] ?? 0) + 1;
  if (route !== "POST /token" && request.headers.authorization !== "Bearer t0ken") unauthorized.push(route);
  if (/workiva|kitchen|sdkwright/.test(request.headers["user-agent"])) unauthorized.push(`user agent of ${route}`);
  routes[route](request, response, url);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const expected = `pages: [1, 2]
stream: ["one", "two", "three"]
upload: true, true, 300000 bytes read
retry: 200 OK after 2 attempts
timeout: GET /slow: attempt timed out (attempt 1 of 1): the timeout of an attempt is 50ms
timeout of a stream: GET /log: attempt timed out (attempt 1 of 3): the timeout of an attempt is 200ms
lost connection: Exchange
logins: different
path: PUT /binary: cannot upload \`/a.bin\`: operation not supported on this platform
token requests: 1, unauthorized requests: 0`;

let found;
try {
  found = await run(`http://127.0.0.1:${server.address().port}`);
  found += `\ntoken requests: ${requests["POST /token"]}, unauthorized requests: ${unauthorized.length}`;
} catch (error) {
  found = String(error);
}
console.log(found);
if (found !== expected) console.error(`\nexpected:\n${expected}`);
process.exit(found === expected ? 0 : 1);
