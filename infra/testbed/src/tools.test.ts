import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ensureBinaries } from './build.ts';
import { TestbedError } from './errors.ts';
import { toolsRoot } from './paths.ts';
import {
  ADDON_MODULES,
  ARGOCD_VERSION,
  KUBERNETES_VERSION,
  TOOL_MODULES,
  YQ_MODULE,
} from './tools.ts';

test('the version that the linker sets is the one that is built', () => {
  const goMod = readFileSync(join(toolsRoot, 'kubernetes', 'go.mod'), 'utf8');
  assert.match(goMod, new RegExp(`k8s.io/kubernetes ${KUBERNETES_VERSION}\\b`));
});

test('the version that Argo CD says of itself is the one that is built, and its CRDs are of the same', () => {
  for (const module of ['argocd', 'argocd-crds']) {
    const goMod = readFileSync(join(toolsRoot, module, 'go.mod'), 'utf8');
    assert.match(
      goMod,
      new RegExp(`github.com/argoproj/argo-cd/v3 ${ARGOCD_VERSION}\\b`),
    );
  }
});

test('every package that is built is pinned as a tool of its module', () => {
  for (const { module, binaries } of [
    ...TOOL_MODULES,
    ...ADDON_MODULES,
    YQ_MODULE,
  ]) {
    const goMod = readFileSync(join(toolsRoot, module, 'go.mod'), 'utf8');
    for (const goPackage of Object.values(binaries)) {
      assert.match(goMod, new RegExp(`^(tool|\t)\\s*${goPackage}$`, 'm'));
    }
  }
});

test('without Go and without a cache the error says what to install, with exit code 2', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'testbed-tools-'));
  const path = process.env.PATH;
  process.env.PATH = empty;
  try {
    await assert.rejects(
      ensureBinaries(() => {}, { SLIPWAY_TESTBED_CACHE: empty }),
      (error: unknown) =>
        error instanceof TestbedError &&
        error.exitCode === 2 &&
        /Install Go 1\.26/.test(error.message),
    );
  } finally {
    process.env.PATH = path;
    rmSync(empty, { recursive: true });
  }
});

test('a folder of binaries that lacks one is refused by name', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'testbed-tools-'));
  try {
    for (const name of ['etcd', 'kube-apiserver']) {
      writeFileSync(join(dir, name), '', { mode: 0o755 });
    }
    await assert.rejects(
      ensureBinaries(() => {}, { KUBEBUILDER_ASSETS: dir }),
      /which lacks kube-controller-manager\./,
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
});
