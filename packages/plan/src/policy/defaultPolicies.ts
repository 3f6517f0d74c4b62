import type { PolicyPack } from '@slipway/plugin-slipway-common';

/**
 * The packs of `docs/examples/platform/policies`, which this file is made
 * from: `UPDATE_GOLDEN=1 yarn workspace @slipway/plan test`, then prettier.
 *
 * @public
 */
export const DEFAULT_POLICIES: readonly PolicyPack[] = [
  {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'PolicyPack',
    metadata: {
      name: 'baseline',
    },
    spec: {
      description: 'What every environment has to keep to.',
      rules: [
        {
          name: 'no-latest',
          description: 'What runs has to be the same tomorrow.',
          scope: 'object',
          match: {
            kinds: ['Deployment', 'StatefulSet', 'CronJob'],
            apiGroups: [],
          },
          expression:
            "(object.kind == 'CronJob'\n  ? object.spec.jobTemplate.spec.template.spec\n  : object.spec.template.spec)\n.containers.all(c,\n  c.image.contains('@sha256:') ||\n  (c.image.matches(':[A-Za-z0-9_][A-Za-z0-9_.-]*$') && !c.image.endsWith(':latest')))",
          messageExpression:
            "object.kind + ' ' + object.metadata.name + ' runs an image whose tag is latest or missing.'",
          action: 'deny',
          fix: 'Name a revision that stays what it is, such as a commit SHA.',
        },
        {
          name: 'requests',
          description:
            "Without requests the scheduler guesses and the quota can't count.",
          scope: 'object',
          match: {
            kinds: ['Deployment', 'StatefulSet', 'CronJob'],
            apiGroups: [],
          },
          expression:
            "(object.kind == 'CronJob'\n  ? object.spec.jobTemplate.spec.template.spec\n  : object.spec.template.spec)\n.containers.all(c,\n  c.?resources.?requests.?cpu.hasValue() &&\n  c.?resources.?requests.?memory.hasValue())",
          messageExpression:
            "object.kind + ' ' + object.metadata.name + ' has a container that requests no CPU or no memory.'",
          action: 'deny',
          fix: 'Write resources.cpu and resources.memory.',
        },
        {
          name: 'unprivileged',
          description:
            'A container that can become root on its node reaches every neighbour.',
          scope: 'object',
          match: {
            kinds: ['Deployment', 'StatefulSet', 'CronJob'],
            apiGroups: [],
          },
          expression:
            "(object.kind == 'CronJob'\n  ? object.spec.jobTemplate.spec.template.spec\n  : object.spec.template.spec)\n.containers.all(c,\n  !c.?securityContext.?privileged.orValue(false) &&\n  !c.?securityContext.?allowPrivilegeEscalation.orValue(true))",
          messageExpression:
            "object.kind + ' ' + object.metadata.name + ' has a container that may become privileged.'",
          action: 'deny',
          fix: 'Take the patch of securityContext out.',
        },
        {
          name: 'no-host',
          description:
            'Pods of one team must not see the node that they share.',
          scope: 'object',
          match: {
            kinds: ['Deployment', 'StatefulSet', 'CronJob'],
            apiGroups: [],
          },
          expression:
            "[object.kind == 'CronJob'\n  ? object.spec.jobTemplate.spec.template.spec\n  : object.spec.template.spec]\n.all(pod,\n  !pod.?hostNetwork.orValue(false) &&\n  !pod.?hostPID.orValue(false) &&\n  !pod.?hostIPC.orValue(false) &&\n  pod.?volumes.orValue([]).all(v, !has(v.hostPath)))",
          messageExpression:
            "object.kind + ' ' + object.metadata.name + ' uses the network, the processes or the files of its node.'",
          action: 'deny',
          fix: 'Use a temp or disk volume, and needs for what the workload talks to.',
        },
        {
          name: 'read-only-root',
          description:
            "What can't be written to can't be changed by an intruder.",
          scope: 'object',
          match: {
            kinds: ['Deployment', 'StatefulSet', 'CronJob'],
            apiGroups: [],
          },
          expression:
            "(object.kind == 'CronJob'\n  ? object.spec.jobTemplate.spec.template.spec\n  : object.spec.template.spec)\n.containers.all(c, c.?securityContext.?readOnlyRootFilesystem.orValue(false))",
          messageExpression:
            "object.kind + ' ' + object.metadata.name + ' can write to the root of its file system.'",
          action: 'warn',
          fix: 'Add a temp volume for each folder that is written to, and take the patch out.',
        },
        {
          name: 'readiness',
          description:
            'Without a readiness probe a Pod gets traffic before it can answer.',
          scope: 'object',
          match: {
            kinds: ['Deployment'],
            apiGroups: [],
            condition:
              'object.spec.template.spec.containers.exists(c, has(c.ports))',
          },
          expression:
            'object.spec.template.spec.containers.all(c, !has(c.ports) || has(c.readinessProbe))',
          messageExpression:
            "'Deployment ' + object.metadata.name + ' has ports but no readiness probe.'",
          action: 'warn',
          fix: 'Write probes.readiness.',
        },
        {
          name: 'cluster-internal',
          description:
            'Connections from outside come by a route, where they can be seen and stopped.',
          scope: 'object',
          match: {
            kinds: ['Service'],
            apiGroups: [],
          },
          expression: "object.spec.?type.orValue('ClusterIP') == 'ClusterIP'",
          messageExpression:
            "'Service ' + object.metadata.name + ' is reachable from outside without a route.'",
          action: 'deny',
          fix: 'Give the workload domains instead.',
        },
      ],
    },
  },
  {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'PolicyPack',
    metadata: {
      name: 'data',
    },
    spec: {
      description:
        'What environments have to keep to whose data somebody would miss.',
      rules: [
        {
          name: 'retained',
          description: 'A spec that loses a line must not lose a database.',
          scope: 'object',
          match: {
            kinds: ['StatefulSet'],
            apiGroups: [],
            condition: 'has(object.spec.volumeClaimTemplates)',
          },
          expression:
            "object.metadata.?annotations['argocd.argoproj.io/sync-options'].orValue('').contains('Prune=false')",
          messageExpression:
            "'Database ' + object.metadata.name + ' would be deleted with its line in the spec.'",
          action: 'deny',
          fix: 'Use a class with retain.databases, or leave databases out of this environment.',
        },
        {
          name: 'disks-retained',
          description: 'Deleting a StatefulSet must not delete its disks.',
          scope: 'object',
          match: {
            kinds: ['StatefulSet'],
            apiGroups: [],
            condition: 'has(object.spec.volumeClaimTemplates)',
          },
          expression:
            "object.spec.?persistentVolumeClaimRetentionPolicy.?whenDeleted.orValue('Retain') == 'Retain'",
          messageExpression:
            "'The disk of ' + object.metadata.name + ' would go with it.'",
          action: 'deny',
          fix: 'Use a class with retain.databases.',
        },
        {
          name: 'durable-cache',
          description:
            'A cache that is the only copy of something is a database.',
          scope: 'object',
          match: {
            kinds: ['Deployment'],
            apiGroups: [],
          },
          expression:
            "object.spec.template.spec.?volumes.orValue([]).all(v,\n  !has(v.emptyDir) || !v.name.contains('data'))",
          messageExpression:
            "'Deployment ' + object.metadata.name + ' keeps something named data in a volume that is emptied with the Pod.'",
          action: 'warn',
          fix: 'Use a disk volume or a database for what has to stay.',
        },
      ],
    },
  },
  {
    apiVersion: 'slipway.dev/v1alpha1',
    kind: 'PolicyPack',
    metadata: {
      name: 'production',
    },
    spec: {
      description: 'What environments that customers rely on have to keep to.',
      rules: [
        {
          name: 'replicas',
          description: 'A node that is drained takes a single Pod with it.',
          scope: 'object',
          match: {
            kinds: ['Deployment'],
            apiGroups: [],
            condition: 'has(object.spec.replicas)',
          },
          expression: 'object.spec.replicas >= 2',
          messageExpression:
            "'Deployment ' + object.metadata.name + ' runs ' + string(object.spec.replicas) + ' time(s); one more keeps it up while a node is replaced.'",
          action: 'warn',
          fix: 'Write replicas of 2 or more, or autoscaling.',
        },
        {
          name: 'autoscaling-minimum',
          description:
            'An autoscaler that goes down to one is a single Pod at night.',
          scope: 'object',
          match: {
            kinds: ['HorizontalPodAutoscaler'],
            apiGroups: [],
          },
          expression: 'object.spec.?minReplicas.orValue(1) >= 2',
          messageExpression:
            "object.metadata.name + ' may be scaled down to a single Pod.'",
          action: 'warn',
          fix: 'Write autoscaling.min of 2 or more.',
        },
        {
          name: 'disruption-budget',
          description: 'Without a budget all Pods may be evicted at once.',
          scope: 'plan',
          match: {
            kinds: [],
            apiGroups: [],
          },
          expression:
            "plan.objects .filter(d, d.kind == 'Deployment' && d.spec.?replicas.orValue(1) > 1) .all(d, plan.objects.exists(b,\n  b.kind == 'PodDisruptionBudget' && b.metadata.name == d.metadata.name))",
          messageExpression:
            "'These may lose all Pods at once: ' + plan.objects .filter(d, d.kind == 'Deployment' && d.spec.?replicas.orValue(1) > 1 &&\n  !plan.objects.exists(b, b.kind == 'PodDisruptionBudget' && b.metadata.name == d.metadata.name))\n.map(d, d.metadata.name).join(', ') + '.'",
          action: 'warn',
          fix: 'Take the patch out that removes the budget.',
        },
        {
          name: 'no-moving-tags',
          description:
            'Tags of branches and previews move; what was approved would not be what runs.',
          scope: 'object',
          match: {
            kinds: ['Deployment', 'CronJob'],
            apiGroups: [],
          },
          expression:
            "(object.kind == 'CronJob'\n  ? object.spec.jobTemplate.spec.template.spec\n  : object.spec.template.spec)\n.containers.all(c,\n  c.image.contains('@sha256:') ||\n  !c.image.matches(':(main|master|develop|dev|edge|nightly|canary|preview.*|pr-.*)$'))",
          messageExpression:
            "object.kind + ' ' + object.metadata.name + ' runs a tag that moves with a branch.'",
          action: 'warn',
          fix: 'Release a commit SHA or a version.',
        },
        {
          name: 'memory-limit',
          description:
            'A container without a limit takes its node down with it.',
          scope: 'object',
          match: {
            kinds: ['Deployment', 'StatefulSet', 'CronJob'],
            apiGroups: [],
          },
          expression:
            "(object.kind == 'CronJob'\n  ? object.spec.jobTemplate.spec.template.spec\n  : object.spec.template.spec)\n.containers.all(c, c.?resources.?limits.?memory.hasValue())",
          messageExpression:
            "object.kind + ' ' + object.metadata.name + ' has no memory limit of its own; the default of the quota counts.'",
          action: 'allow',
          fix: 'Write resources.limits.memory.',
        },
        {
          name: 'tls',
          description: 'What customers send must not be read on its way.',
          scope: 'object',
          match: {
            kinds: ['Ingress', 'IngressRoute'],
            apiGroups: [],
          },
          expression: 'has(object.spec.tls)',
          messageExpression:
            "object.kind + ' ' + object.metadata.name + ' is served without TLS.'",
          action: 'deny',
          fix: 'Turn on routes.tls in the class.',
        },
      ],
    },
  },
];
