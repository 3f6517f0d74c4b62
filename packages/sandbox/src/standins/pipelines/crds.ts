import { JsonObject } from '../../apiserver/json';
import { NamedObject, STAND_IN } from '../client';

export const PIPELINES = 'pipelines.tekton.dev';
export const TASKS = 'tasks.tekton.dev';
export const PIPELINE_RUNS = 'pipelineruns.tekton.dev';
export const TASK_RUNS = 'taskruns.tekton.dev';

const OPEN = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const RUN_COLUMNS = [
  {
    name: 'Succeeded',
    type: 'string',
    jsonPath: '.status.conditions[?(@.type=="Succeeded")].status',
  },
  {
    name: 'Reason',
    type: 'string',
    jsonPath: '.status.conditions[?(@.type=="Succeeded")].reason',
  },
  { name: 'StartTime', type: 'date', jsonPath: '.status.startTime' },
  { name: 'CompletionTime', type: 'date', jsonPath: '.status.completionTime' },
];

function definition(
  group: string,
  version: string,
  kind: string,
  shortNames: string[],
  columns: JsonObject[] = [],
): NamedObject {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      labels: {
        'app.kubernetes.io/part-of': 'tekton',
        'app.kubernetes.io/managed-by': 'slipway-sandbox',
      },
      annotations: { [STAND_IN]: 'true' },
    },
    spec: {
      group,
      names: {
        kind,
        plural,
        singular: kind.toLowerCase(),
        listKind: `${kind}List`,
        shortNames,
        categories: ['tekton'],
      },
      scope: 'Namespaced',
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: OPEN, status: OPEN },
            },
          },
          additionalPrinterColumns: columns,
        },
      ],
    },
  };
}

/** Tekton's kinds. Those of its triggers are kept only: nothing listens. */
export function tektonDefinitions(): NamedObject[] {
  const triggers = [
    'EventListener',
    'Trigger',
    'TriggerBinding',
    'TriggerTemplate',
  ];
  return [
    definition('tekton.dev', 'v1', 'Pipeline', []),
    definition('tekton.dev', 'v1', 'Task', []),
    definition('tekton.dev', 'v1', 'PipelineRun', ['pr', 'prs'], RUN_COLUMNS),
    definition('tekton.dev', 'v1', 'TaskRun', ['tr', 'trs'], RUN_COLUMNS),
    ...triggers.map(kind =>
      definition('triggers.tekton.dev', 'v1beta1', kind, []),
    ),
  ];
}
