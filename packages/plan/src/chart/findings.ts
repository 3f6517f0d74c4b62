import type { Finding, RenderContext } from '../context';
import { usesVaultPlugin } from '../render/secrets';

/** Whether an environment is delivered as values of the chart. @internal */
export function isChart({ input }: Pick<RenderContext, 'input'>): boolean {
  return input.class.spec.delivery.form === 'chart';
}

/** What the chart can't carry out. It is refused by name: another outcome than the one that was planned is never delivered. @internal */
export function chartFindings(context: RenderContext): Finding[] {
  if (!isChart(context)) return [];
  const name = context.input.class.metadata.name;
  const refuse = (what: string, fix: string, specPath: string): Finding => ({
    rule: 'delivery-form',
    result: 'deny',
    message: `Class ${name} delivers values of the chart, which ${what}.`,
    fix: `${fix}, or choose a class with form: rendered.`,
    specPath,
  });
  const { paths, adopt } = context;
  return [
    ...context.workloads
      .filter(({ patches }) => patches.length > 0)
      .map(workload =>
        refuse(
          `applies no patches, but ${workload.name} has some`,
          'Take patches out',
          paths.workload(workload.name, 'patches'),
        ),
      ),
    ...(adopt
      ? [
          refuse(
            'adopts nothing, but this environment takes over what was there',
            'Take adopt out',
            `${paths.environment}.adopt`,
          ),
        ]
      : []),
    ...(usesVaultPlugin(context) ? vaultPluginFindings(context, refuse) : []),
  ];
}

/** Argo CD renders with Helm or with the plugin, never with both. */
function vaultPluginFindings(
  { workloads, databases, input, paths }: RenderContext,
  refuse: (what: string, fix: string, specPath: string) => Finding,
): Finding[] {
  const places = [
    ...workloads
      .filter(({ secrets }) => secrets.length > 0)
      .map(({ name }) => paths.workload(name, 'secrets')),
    ...databases
      .filter(({ credentials }) => credentials !== undefined)
      .map(({ name }) => paths.database(name, 'credentials')),
  ];
  return places.map(place =>
    refuse(
      `fetches secrets with External Secrets only, but cluster ${input.cluster.name} has the Argo CD Vault Plugin instead`,
      'Install External Secrets on the cluster',
      place,
    ),
  );
}
