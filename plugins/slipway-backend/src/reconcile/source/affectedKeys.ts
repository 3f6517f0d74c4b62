import { ServiceSpec } from '@slipway/plugin-slipway-common';
import { webhookKey } from '../../domain/onboarding/places';
import { PlatformState } from '../../domain/platform/PlatformState';
import { neighbours } from '../../domain/platform/planDeclared';
import { ResourceRecord } from '../../ports/ResourceStore';

const environmentKeys = (spec: ServiceSpec): string[] =>
  spec.spec.environments.map(
    environment =>
      `environment:${spec.spec.organization}/${spec.metadata.name}/${environment.name}`,
  );

/**
 * The reconcile keys that a change of one resource concerns. A service concerns its own environments and those of
 * services at the other end of a need, whose network policies open with it; everything else concerns who follows it.
 */
export function affectedKeys(
  state: PlatformState,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
): string[] {
  const kind = (after ?? before)?.kind;
  const name = (after ?? before)?.name;
  const organization = (after ?? before)?.organization;
  if (kind === 'ServiceSpec') {
    const specs = [before?.validValue, after?.validValue].filter(
      Boolean,
    ) as ServiceSpec[];
    return [
      ...new Set(
        specs
          .flatMap(spec => [spec, ...neighbours(state, spec)])
          .flatMap(environmentKeys),
      ),
    ];
  }
  if (kind === 'RepoBinding')
    return [webhookKey(organization ?? '', name ?? '')];
  // Where its code lives may have changed.
  const bindings =
    kind === 'Organization'
      ? state
          .all('RepoBinding')
          .filter(binding => binding.organization === organization)
          .map(binding => webhookKey(binding.organization, binding.name))
      : [];
  const environments = state
    .services()
    .filter(spec => {
      if (kind === 'Organization')
        return (
          spec.spec.organization === organization ||
          spec.spec.organization === name
        );
      return spec.spec.environments.some(environment => {
        if (kind === 'EnvironmentClass') return environment.class === name;
        const environmentClass = state.class(environment.class);
        return kind === 'QuotaProfile'
          ? environmentClass?.spec.quota === name
          : (environmentClass?.spec.policies.includes(name ?? '') ?? false);
      });
    })
    .flatMap(environmentKeys);
  return [...environments, ...bindings];
}
