import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edited } from './edits.ts';

const edit = {
  goModule: 'example.org/server',
  file: 'main.go',
  from: '"0.0.0.0"',
  to: '"127.0.0.1"',
};

test('an edit changes the one place that it names', () => {
  assert.equal(edited('listen("0.0.0.0")', edit), 'listen("127.0.0.1")');
});

test('an edit whose text is not there, or there twice, fails the build by name', () => {
  for (const source of ['listen(all)', '"0.0.0.0" + "0.0.0.0"']) {
    assert.throws(() => edited(source, edit), /example.org\/server.*main.go/);
  }
});
