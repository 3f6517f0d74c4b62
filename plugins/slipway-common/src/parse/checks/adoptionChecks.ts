import { looksLikeSecret } from '../secrets';
import { nameOf, show, type Report } from '../report';
import type { View } from '../view';
import { checkUnique } from './common';

/** Kinds that Slipway makes itself, and that Argo CD must not deliver. */
const PLATFORM_KINDS = [
  'AppProject',
  'Application',
  'ApplicationSet',
  'LimitRange',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'Role',
  'RoleBinding',
  'ServiceAccount',
];

/** What of a namespace may be kept in Git as it is. @internal */
export function checkAdoption(adopt: View, report: Report): void {
  if (!adopt.present) return;
  checkUnique(adopt.get('enforce').items, 'what is enforced', report);
  for (const kept of adopt.get('keep').items) {
    const kind = kept.get('kind');
    if (kind.text === 'Secret') {
      report({
        at: kind.path,
        code: 'literal-secret',
        message: `${nameOf(kind.path)} is Secret, and no Secret goes into Git`,
        found: show(kind.value),
        hint: 'name it in adopt.leave instead; it stays where it is',
      });
    } else if (kind.text && PLATFORM_KINDS.includes(kind.text)) {
      report({
        at: kind.path,
        code: 'value',
        message: `${nameOf(kind.path)} is a kind that Slipway makes itself`,
        found: show(kind.value),
        hint: 'name it in adopt.leave instead; it stays where it is',
      });
    }
    checkValues(kept.get('data'), report);
  }
}

/** Values of a ConfigMap that look like secrets. */
function checkValues(data: View, report: Report): void {
  const values = (data.value ?? {}) as Record<string, unknown>;
  for (const key of Object.keys(values)) {
    const entry = data.get(key);
    const what = looksLikeSecret(entry.text ?? '', key);
    if (what) {
      report({
        at: entry.path,
        code: 'literal-secret',
        message: `${nameOf(entry.path)} looks like ${what}, and no secret goes into Git`,
        hint: 'leave the ConfigMap outside of Git with adopt.leave, and move the value into a Secret',
      });
    }
  }
}
