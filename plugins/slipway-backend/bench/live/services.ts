/** The file of a service, with one workload and so many environments. */
export function serviceFile(
  name: string,
  environments: readonly string[],
  organization = 'shop',
): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: ${name}
spec:
  organization: ${organization}
  owner: group:default/payments
  workloads:
    - name: web
      image:
        repository: registry.example.com/${organization}/${name}
        revision: v1
      port: 8080
      resources:
        cpu: 50m
        memory: 64Mi
  environments:
${environments.map(environment => `    - name: ${environment}\n      class: shared-staging\n`).join('')}`;
}

/** Files of so many services, by their paths in a platform repository. */
export function serviceFiles(
  names: readonly string[],
  environments: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.map(name => [
      `organizations/shop/services/${name}.yaml`,
      serviceFile(name, environments),
    ]),
  );
}
