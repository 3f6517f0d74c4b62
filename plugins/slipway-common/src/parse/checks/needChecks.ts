import { parseNeed } from '../../kinds/needs';
import { nameOf, show, type Report } from '../report';
import type { View } from '../view';
import { checkKnown } from './common';

/**
 * Reports needs that point nowhere inside the spec. Those of other services
 * are looked up when the plan is made: they live in other files.
 *
 * @internal
 */
export function checkNeeds(
  needs: View,
  workload: string | undefined,
  root: View,
  report: Report,
): void {
  for (const need of needs.items) {
    if (need.text !== undefined && need.text !== '') {
      checkNeed(need, need.text, workload, root, report);
    }
  }
}

function checkNeed(
  need: View,
  text: string,
  workload: string | undefined,
  root: View,
  report: Report,
): void {
  const parsed = parseNeed(text);
  if (parsed.type === 'external') {
    if (parsed.port > 65535) {
      report({
        at: need.path,
        code: 'range',
        message: `${nameOf(need.path)} has a port that is out of range`,
        found: show(need.value),
        allowed: 'ports from 1 to 65535',
      });
    }
    return;
  }
  const own =
    parsed.type === 'service' &&
    parsed.organization === root.get('spec', 'organization').text &&
    parsed.service === root.get('metadata', 'name').text;
  const target = parsed.type === 'local' ? parsed.name : own && parsed.workload;
  if (own && !target) {
    report({
      at: need.path,
      code: 'reference',
      message: `${nameOf(need.path)} names the service itself`,
      found: show(need.value),
      hint: 'name the workload or database that is needed',
    });
  }
  if (target) {
    checkTarget(need, target, workload, root, report);
  }
}

function checkTarget(
  need: View,
  target: string,
  workload: string | undefined,
  root: View,
  report: Report,
): void {
  const spec = root.get('spec');
  const workloads = spec.get('workloads').items;
  const names = [...workloads, ...spec.get('databases').items].flatMap(
    item => item.get('name').text ?? [],
  );
  if (target === workload) {
    report({
      at: need.path,
      code: 'reference',
      message: `${nameOf(need.path)} names the workload itself`,
      found: show(need.value),
      hint: 'take it out: a workload reaches itself without saying so',
    });
    return;
  }
  const isExact = need.text === target;
  const known = isExact
    ? checkKnown(need, names, 'workload or database of this service', report)
    : names.includes(target);
  if (!known && !isExact) {
    report({
      at: need.path,
      code: 'reference',
      message: `${nameOf(need.path)} names no workload or database of this service`,
      found: show(need.value),
      allowed: names.join(', '),
    });
  }
  const callee = workloads.find(item => item.get('name').text === target);
  const callable =
    callee?.get('port').present || callee?.get('ports').items.length !== 0;
  if (known && callee && !callable) {
    report({
      at: need.path,
      code: 'reference',
      message: `${nameOf(need.path)} names a workload without a port`,
      found: show(need.value),
      hint: `add a port to ${target}, or take the need out`,
    });
  }
}
