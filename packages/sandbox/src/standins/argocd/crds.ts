import { JsonObject } from '../../apiserver/json';
import { NamedObject, STAND_IN } from '../client';

/** Argo CD's own kinds, with the columns of the real ones; what their specs hold is Argo CD's matter and not checked. */

const OPEN = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

function definition(
  kind: string,
  plural: string,
  shortNames: string[],
  properties: JsonObject,
  columns: JsonObject[],
): NamedObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.argoproj.io`,
      labels: {
        'app.kubernetes.io/part-of': 'argocd',
        'app.kubernetes.io/managed-by': 'slipway-sandbox',
      },
      annotations: { [STAND_IN]: 'true' },
    },
    spec: {
      group: 'argoproj.io',
      names: {
        kind,
        plural,
        singular: kind.toLowerCase(),
        listKind: `${kind}List`,
        shortNames,
      },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1alpha1',
          served: true,
          storage: true,
          // As in the real definitions there is no status subresource.
          subresources: {},
          schema: {
            openAPIV3Schema: {
              type: 'object',
              required: ['metadata', 'spec'],
              properties,
            },
          },
          additionalPrinterColumns: columns,
        },
      ],
    },
  };
}

export const APPLICATIONS = 'applications.argoproj.io';
export const PROJECTS = 'appprojects.argoproj.io';

export function argoDefinitions() {
  const spec = {
    ...OPEN,
    required: ['destination', 'project'],
    properties: {
      project: { type: 'string' },
      destination: OPEN,
      source: OPEN,
      syncPolicy: OPEN,
    },
  };
  return [
    definition(
      'Application',
      'applications',
      ['app', 'apps'],
      { spec, status: OPEN, operation: OPEN },
      [
        {
          name: 'Sync Status',
          type: 'string',
          jsonPath: '.status.sync.status',
        },
        {
          name: 'Health Status',
          type: 'string',
          jsonPath: '.status.health.status',
        },
        {
          name: 'Revision',
          type: 'string',
          jsonPath: '.status.sync.revision',
          priority: 10,
        },
        {
          name: 'Project',
          type: 'string',
          jsonPath: '.spec.project',
          priority: 10,
        },
      ],
    ),
    definition(
      'AppProject',
      'appprojects',
      ['appproj', 'appprojs'],
      { spec: OPEN, status: OPEN },
      [],
    ),
  ];
}
