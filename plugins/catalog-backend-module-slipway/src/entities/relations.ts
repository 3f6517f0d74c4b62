import { stringifyEntityRef } from '@backstage/catalog-model';
import { parseNeed, type ServiceSpec } from '@slipway/plugin-slipway-common';
import type { DeclaredService } from '../services';
import { joinNames } from './names';

/** Where the entities of services are found. @internal */
export interface Refs {
  /** The Component of a service, whoever has made it, by `<organization>/<service>`. */
  components: ReadonlyMap<string, string>;
  /** The name of a service's Component, from which those of its databases follow. */
  names: ReadonlyMap<string, string>;
}

/** The reference of a database's Resource. @internal */
export function databaseRef(component: string, database: string): string {
  return stringifyEntityRef({
    kind: 'Resource',
    namespace: 'default',
    name: joinNames(component, database),
  });
}

/** The services that a service says it talks to, in any of its environments. @internal */
export function neededServices({
  organization,
  name,
  resource,
}: DeclaredService): string[] {
  const needs = resource ? needsOf(resource.spec) : [];
  const own = `${organization}/${name}`;
  const services = needs.flatMap(text => {
    const need = parseNeed(text);
    return need.type === 'service'
      ? [`${need.organization}/${need.service}`]
      : [];
  });
  return [...new Set(services)].filter(key => key !== own).sort();
}

function needsOf(spec: ServiceSpec['spec']): string[] {
  return [
    ...spec.workloads.flatMap(({ needs }) => needs),
    ...spec.environments.flatMap(({ overrides }) =>
      (overrides?.workloads ?? []).flatMap(({ needs }) => needs ?? []),
    ),
  ];
}
