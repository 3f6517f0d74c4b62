import type { Report } from '../report';
import { nameOf } from '../report';
import { looksLikeSecret } from '../secrets';
import type { View } from '../view';

/**
 * Finds secrets that are written out, anywhere in a resource: by what they
 * look like, and by the name that stands for them – the key, the `name` beside
 * a `value`, the end of a patch's path, or the flag before an argument.
 *
 * @internal
 */
export function checkSecrets(root: View, report: Report): void {
  visit(root, undefined, report);
}

function visit(view: View, name: string | undefined, report: Report): void {
  const text = scalarText(view.value);
  const kind = text === undefined ? undefined : looksLikeSecret(text, name);
  if (kind) {
    refuse(view, kind, report);
  }
  const { items } = view;
  items.forEach((item, index) => {
    const flag = index > 0 ? items[index - 1].text : undefined;
    const isFlag = item.text?.startsWith('-') ?? true;
    visit(item, isFlag ? undefined : flagName(flag), report);
  });
  for (const field of view.fields) {
    const key = String(field.path[field.path.length - 1]);
    if (looksLikeSecret(key)) {
      refuse(field, 'a secret as the name of a field', report, true);
    }
    visit(
      field,
      key === 'value' ? nameBeside(view) : ownName(key, view),
      report,
    );
  }
}

/** `envFrom[].secret` names a Secret; every other key speaks for its value. */
function ownName(key: string, parent: View): string | undefined {
  return key === 'secret' && parent.path.includes('envFrom') ? undefined : key;
}

function nameBeside(parent: View): string | undefined {
  const path = parent.get('path').text;
  return parent.get('name').text ?? path?.slice(path.lastIndexOf('/') + 1);
}

function flagName(flag: string | undefined): string | undefined {
  return flag && /^--?([A-Za-z][A-Za-z0-9-]*)$/.exec(flag)?.[1];
}

function scalarText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : undefined;
}

function refuse(view: View, kind: string, report: Report, onKey = false) {
  report({
    at: view.path,
    onKey,
    code: 'literal-secret',
    message: `${nameOf(onKey ? view.path.slice(0, -1) : view.path)} holds ${kind}, and Git never forgets`,
    found: '(not shown)',
    allowed: 'secrets by reference',
    hint: "put it into the organization's secret store and name it under secrets; if this was pushed, change the secret",
  });
}
