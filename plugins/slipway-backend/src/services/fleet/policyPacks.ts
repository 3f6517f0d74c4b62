import { ruleExport } from '@slipway/plan';
import {
  ApiEnvironment,
  ApiPolicyHit,
  ApiPolicyPack,
  EnvironmentClass,
  PolicyPack,
} from '@slipway/plugin-slipway-common';
import {
  PlatformResource,
  PlatformState,
} from '../../domain/platform/PlatformState';
import { KeptVerdict } from '../../ports/EnvironmentSummary';

/** Hits of one rule that are listed; the rest is counted. */
const HITS = 50;

/** An environment and what its rules said when it was planned last. */
interface Judged {
  environment: ApiEnvironment;
  verdicts: KeptVerdict[];
}

/** The packs with who uses them, and what each rule hits. */
export function policyPacks(
  state: PlatformState,
  judged: Judged[],
): ApiPolicyPack[] {
  const classes = state
    .all('EnvironmentClass')
    .flatMap(({ value }) => (value ? [value as EnvironmentClass] : []));
  const hits = hitsByRule(judged);
  const perClass = new Map<string, number>();
  for (const { environment } of judged)
    perClass.set(environment.class, (perClass.get(environment.class) ?? 0) + 1);
  return state.all('PolicyPack').map(resource => {
    const users = classes
      .filter(({ spec }) => spec.policies.includes(resource.name))
      .map(({ metadata }) => metadata.name);
    const pack = resource.value as PolicyPack | undefined;
    return {
      name: resource.name,
      ...(pack?.spec.description ? { description: pack.spec.description } : {}),
      path: resource.path,
      classes: users,
      environments: users.reduce((n, name) => n + (perClass.get(name) ?? 0), 0),
      problems: resource.problems,
      rules: rulesOf(resource, pack, hits),
    };
  });
}

function rulesOf(
  { name: packName }: PlatformResource,
  pack: PolicyPack | undefined,
  hits: Map<string, ApiPolicyHit[]>,
): ApiPolicyPack['rules'] {
  return (pack?.spec.rules ?? []).map(rule => {
    const found = hits.get(`${packName}\n${rule.name}`) ?? [];
    return {
      name: rule.name,
      ...(rule.description ? { description: rule.description } : {}),
      scope: rule.scope,
      action: rule.action,
      kinds: rule.match.kinds,
      message: rule.messageExpression,
      ...(rule.fix ? { fix: rule.fix } : {}),
      expression: rule.expression,
      export: ruleExport(rule),
      hits: found.slice(0, HITS),
      hitTotal: found.length,
    };
  });
}

function hitsByRule(judged: Judged[]): Map<string, ApiPolicyHit[]> {
  const hits = new Map<string, ApiPolicyHit[]>();
  for (const { environment, verdicts } of judged) {
    for (const verdict of verdicts) {
      const key = `${verdict.pack}\n${verdict.rule}`;
      const found = hits.get(key) ?? [];
      found.push({
        organization: environment.organization,
        service: environment.service,
        environment: environment.name,
        action: verdict.result,
        message: verdict.message,
        ...(verdict.object ? { object: verdict.object } : {}),
        ...(verdict.source ? { specPath: verdict.source.specPath } : {}),
        ...(verdict.source?.line !== undefined
          ? { line: verdict.source.line }
          : {}),
      });
      hits.set(key, found);
    }
  }
  return hits;
}
