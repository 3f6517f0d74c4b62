import type { Found } from './Found';
import type { Ledger } from './Ledger';
import { portOf } from './parts';
import type { FirstWorkload } from './types';

export const kindOf = (at: Found): string => at.at('kind').text() ?? '';
export const nameOf = (at: Found): string =>
  at.at('metadata', 'name').text() ?? '';
export const titleOf = (at: Found): string =>
  `${kindOf(at)} ${nameOf(at)}`.trim();

/** Whether a Service sends to the Pods of a template. */
export function selects(service: Found, template: Found): boolean {
  const wanted = service.at('spec', 'selector').fields();
  return (
    wanted.length > 0 &&
    wanted.every(
      ([key, value]) =>
        template.at('metadata', 'labels', key).text() === value.text(),
    )
  );
}

/** Ports that are asked over HTTP, by number or name: by a probe or an Ingress. */
export function httpPorts(
  container: Found,
  services: readonly Found[],
  ingresses: readonly Found[],
): Set<string> {
  const found = new Set<string>();
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const port = container.at(probe, 'httpGet', 'port').text();
    if (port !== undefined) found.add(port);
  }
  const isReached = services.some(service =>
    backends(ingresses).some(
      ({ backend }) => backend.at('name').text() === nameOf(service),
    ),
  );
  if (isReached) {
    for (const port of services.flatMap(service =>
      service.at('spec', 'ports').list(),
    )) {
      const target = port.at('targetPort').text() ?? port.at('port').text();
      if (target !== undefined) found.add(target);
    }
  }
  return found;
}

export function backends(ingresses: readonly Found[]) {
  return ingresses.flatMap(ingress =>
    ingress
      .at('spec', 'rules')
      .list()
      .flatMap(rule =>
        rule
          .at('http', 'paths')
          .list()
          .map(path => ({
            ingress,
            host: rule.at('host'),
            path: path.at('path'),
            backend: path.at('backend', 'service'),
          })),
      ),
  );
}

/** The container's ports, or where it names none those that its Services send to. */
export function portsOf(
  declared: NonNullable<FirstWorkload['ports']>,
  services: readonly Found[],
  ledger: Ledger,
): NonNullable<FirstWorkload['ports']> {
  const ports = [...declared];
  for (const service of services) {
    ledger.took(service);
    const type = service.at('spec', 'type').text() ?? 'ClusterIP';
    if (type !== 'ClusterIP')
      ledger.leave(
        service.at('spec', 'type'),
        `${titleOf(service)}: type ${type}`,
        'what is reached from outside has domains',
      );
    for (const at of service.at('spec', 'ports').list()) {
      const target = at.at('targetPort').exists
        ? at.at('targetPort')
        : at.at('port');
      const port = target.whole();
      const isThere = ports.some(
        one => one.port === port || one.name === target.text(),
      );
      if (isThere || port === undefined || port < 1 || port > 65_535) continue;
      const name = at.at('name').text();
      ports.push(
        portOf(port, { ...(name !== undefined && { name }), taken: ports }),
      );
    }
  }
  return ports;
}

export function domainsOf(
  services: readonly Found[],
  ingresses: readonly Found[],
  ledger: Ledger,
): string[] {
  const domains = new Set<string>();
  for (const { ingress, host, path, backend } of backends(ingresses)) {
    if (
      !services.some(service => nameOf(service) === backend.at('name').text())
    )
      continue;
    ledger.took(ingress);
    const domain = host.text();
    if (domain === undefined)
      ledger.leave(
        backend,
        `${titleOf(ingress)}: a rule for every host`,
        'a domain is named',
      );
    else if (domain.includes('*'))
      ledger.leave(
        host,
        `${titleOf(ingress)}: ${domain}`,
        'a domain has no wildcard',
      );
    else domains.add(domain);
    if ((path.text() ?? '/') !== '/')
      ledger.leave(
        path,
        `${titleOf(ingress)}: the path ${path.text()}`,
        'a domain belongs to one workload, with all its paths',
      );
    if (ingress.at('spec', 'tls').exists)
      ledger.leave(
        ingress.at('spec', 'tls'),
        `${titleOf(ingress)}: tls`,
        'the environment class says how certificates are made',
      );
    if (ingress.at('metadata', 'annotations').fields().length > 0)
      ledger.leave(
        ingress.at('metadata', 'annotations'),
        `${titleOf(ingress)}: annotations`,
        'they are for one ingress controller; add a patch where one is needed',
      );
  }
  return [...domains];
}
