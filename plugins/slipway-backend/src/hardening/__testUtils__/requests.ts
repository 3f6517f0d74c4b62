/** A valid service of the demo organization; `extra` stands in its workload. */
export const SERVICE = (
  name: string,
  extra = '',
) => `apiVersion: slipway.dev/v1alpha1
kind: ServiceSpec
metadata:
  name: ${name}
  namespace: org-shop
spec:
  organization: shop
  owner: group:default/payments
  workloads:
    - name: web
      image:
        repository: registry.example.com/shop/${name}
      port: 8080
      resources:
        cpu: 50m
        memory: 64Mi
${extra}  environments:
    - name: staging
      class: shared-staging
`;

export const pathOf = (name: string) =>
  `organizations/shop/services/${name}.yaml`;

/** A request that opens a change of one service. */
export const openBody = (name: string, content: string, more: object = {}) => ({
  subject: `service/shop/${name}`,
  title: `Change ${name}`,
  files: [{ path: pathOf(name), content }],
  ...more,
});
