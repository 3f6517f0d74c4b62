import { nameOf, show, type Report } from '../report';
import type { View } from '../view';
import { checkDuration, checkMemory, checkOrder, checkUnique } from './common';

/** What has to hold across an Organization. @internal */
export function checkOrganization(root: View, report: Report): void {
  const spec = root.get('spec');
  checkUnique(spec.get('members').items, 'a member', report);
  const integration = spec.get('gitHost', 'integration');
  const engine = spec.get('pipelineEngine');
  if (
    engine.text === 'github-actions' &&
    integration.present &&
    integration.text !== 'github'
  ) {
    report({
      at: engine.path,
      code: 'conflict',
      message: `${nameOf(engine.path)} runs on GitHub only`,
      found: show(engine.value),
      allowed: 'tekton or argo-workflows for this Git host',
    });
  }
  const store = spec.get('secretStore');
  if (store.get('provider').text === 'vault' && !store.get('path').present) {
    report({
      at: store.get('path').path,
      code: 'missing',
      message: `${nameOf(store.path)} does not say where in Vault the secrets are`,
      hint: 'add path',
    });
  }
}

/** What has to hold across an EnvironmentClass. @internal */
export function checkEnvironmentClass(root: View, report: Report): void {
  const spec = root.get('spec');
  checkUnique(spec.get('policies').items, 'a policy pack', report);
  checkUnique(spec.get('regions').items, 'a region', report);
  checkUnique(spec.get('approval', 'groups').items, 'a group', report);
  const ttl = spec.get('ttl', 'default');
  const max = spec.get('ttl', 'max');
  const shorter = checkDuration(ttl, report);
  const longest = checkDuration(max, report);
  if (shorter !== undefined && longest !== undefined && shorter > longest) {
    report({
      at: ttl.path,
      code: 'range',
      message: `${nameOf(ttl.path)} is longer than ${nameOf(max.path)}`,
      found: show(ttl.value),
      allowed: `at most ${max.text}`,
    });
  }
}

/** What has to hold across a QuotaProfile. @internal */
export function checkQuotaProfile(root: View, report: Report): void {
  const hard = root.get('spec', 'hard');
  const limits = root.get('spec', 'limits');
  for (const resource of ['cpu', 'memory']) {
    checkOrder(
      hard.get(`requests.${resource}`),
      hard.get(`limits.${resource}`),
      report,
    );
    const steps = ['min', 'defaultRequest', 'default', 'max']
      .map(name => limits.get(name, resource))
      .filter(view => view.present);
    steps
      .slice(1)
      .forEach((step, index) => checkOrder(steps[index], step, report));
  }
  for (const place of ['default', 'defaultRequest', 'min', 'max']) {
    checkMemory(limits.get(place, 'memory'), report);
  }
}

/** What has to hold across a PolicyPack. @internal */
export function checkPolicyPack(root: View, report: Report): void {
  const rules = root.get('spec', 'rules').items;
  checkUnique(
    rules.map(rule => rule.get('name')),
    'the name of a rule',
    report,
  );
}
