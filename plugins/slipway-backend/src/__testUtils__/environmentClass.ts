/** A class for tests: cheap, rendered, and put back by itself. */
export function environmentClass(
  name: string,
  mode: string,
  more = '',
): string {
  return `apiVersion: slipway.dev/v1alpha1
kind: EnvironmentClass
metadata: { name: ${name} }
spec:
  description: For tests.
  quota: small
  cost: { base: { cents: 100, currency: EUR } }
  delivery: { mode: ${mode}, form: rendered, selfHeal: true }
${more}`;
}
