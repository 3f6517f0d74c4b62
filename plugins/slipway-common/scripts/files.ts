import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import {
  customResourceDefinition,
  KIND_NAMES,
  KINDS,
  type Kind,
} from '../src/kinds';
import { reasonsPage } from './reasons';
import { indexPage, referencePage } from './reference';

const ROOT = join(__dirname, '..', '..', '..');

/** What is shown on the page of each kind. */
const EXAMPLES: Record<Kind, string> = {
  Organization: 'docs/examples/myproject/organizations/myorg/organization.yaml',
  RepoBinding:
    'docs/examples/acme-corp/organizations/acme-corp/bindings/app1.yaml',
  ServiceSpec:
    'docs/examples/myproject/organizations/myorg/services/myproject.yaml',
  EnvironmentClass: 'docs/examples/platform/classes/production.yaml',
  QuotaProfile: 'docs/examples/platform/quotas/medium.yaml',
  PolicyPack: 'plugins/slipway-common/scripts/examples/policypack.yaml',
};

/** The generated files by their path in the repository. */
export function generatedFiles(): Map<string, string> {
  const files = new Map([
    ['docs/reference/README.md', indexPage()],
    ['docs/reference/reasons.md', reasonsPage()],
  ]);
  for (const kind of KIND_NAMES) {
    const { plural, docs } = KINDS[kind];
    files.set(`infra/crds/${plural}.yaml`, crdFile(kind));
    files.set(
      `docs/reference/${docs}`,
      referencePage(kind, readFileSync(join(ROOT, EXAMPLES[kind]), 'utf8')),
    );
  }
  return files;
}

function crdFile(kind: Kind): string {
  const crd = stringify(customResourceDefinition(kind), {
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
  return `# Generated from the schema of ${kind} in plugins/slipway-common. Change it there.\n${crd}`;
}
