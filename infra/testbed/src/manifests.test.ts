import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { readManifests } from './manifests.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'testbed-manifests-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const configMap = (name: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

test('every document of every file is read, but no kustomization', () => {
  mkdirSync(join(dir, 'sub'));
  writeFileSync(
    join(dir, 'a.yaml'),
    `${configMap('one')}---\n${configMap('two')}---\n`,
  );
  writeFileSync(join(dir, 'sub', 'b.yml'), configMap('three'));
  writeFileSync(join(dir, 'README.md'), 'not a manifest');
  writeFileSync(
    join(dir, 'kustomization.yaml'),
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
  );
  assert.deepEqual(
    readManifests(dir).map(object => object.metadata.name),
    ['one', 'two', 'three'],
  );
});

test('a document that is no object is refused with the name of its file', () => {
  writeFileSync(join(dir, 'broken.yaml'), 'kind: ConfigMap\n');
  assert.throws(
    () => readManifests(dir),
    /broken\.yaml has a document without/,
  );
});
