import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApp } from '../src/app.js';

let stopping = false;
let server;
let url;

before(async () => {
  server = createApp({ ready: () => !stopping });
  await new Promise(resolve => server.listen(0, resolve));
  url = `http://localhost:${server.address().port}`;
});

after(() => server.close());

test('answers with its name', async () => {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.deepEqual(await response.json(), { service: '${{ values.name }}' });
});

test('is alive, and ready until it stops', async () => {
  assert.equal((await fetch(`${url}/livez`)).status, 200);
  assert.equal((await fetch(`${url}/readyz`)).status, 200);
  stopping = true;
  assert.equal((await fetch(`${url}/readyz`)).status, 503);
  assert.equal((await fetch(`${url}/livez`)).status, 200);
  stopping = false;
});

test('counts requests by route, never by what a caller makes up', async () => {
  await fetch(`${url}/made-up`);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  assert.match(metrics, /http_requests_total\{route="\/",status="200"\} 1/);
  assert.match(metrics, /http_requests_total\{route="other",status="404"\} 1/);
  assert.match(metrics, /http_request_duration_seconds_count\{route="\/"\} 1/);
  assert.doesNotMatch(metrics, /made-up/);
});

test('refuses what it does not serve', async () => {
  const response = await fetch(url, { method: 'POST' });
  assert.equal(response.status, 405);
  assert.equal(response.headers.get('allow'), 'GET, HEAD');
});
