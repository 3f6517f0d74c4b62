import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { TestbedError } from './errors.ts';

/** Any Kubernetes object, as far as applying it needs to know. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
  };
  [field: string]: unknown;
}

/**
 * Reads every `.yaml`, `.yml` and `.json` file of a folder and its subfolders.
 * A kustomization is left out: it is a recipe, not an object.
 */
export function readManifests(dir: string): KubeObject[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .flatMap(readManifest);
}

function readManifest(path: string): KubeObject[] {
  return parseAllDocuments(readFileSync(path, 'utf8')).flatMap(document => {
    if (document.errors.length > 0) {
      throw new TestbedError(
        `${path} is not valid YAML: ${document.errors[0].message}`,
      );
    }
    const object = document.toJS() as Partial<KubeObject> | null;
    if (!object || object.apiVersion?.startsWith('kustomize.config.k8s.io/'))
      return [];
    if (!object.apiVersion || !object.kind || !object.metadata?.name) {
      throw new TestbedError(
        `${path} has a document without apiVersion, kind or metadata.name, which can't be applied.`,
      );
    }
    return [object as KubeObject];
  });
}
