import type { KubeObject } from '../manifests.ts';

/**
 * On a PipelineRun, or on a template of a Workflow: the container that fails, as `<task>/<container>` of Tekton or
 * `<container>` of Argo Workflows. Both copy it to the Pod.
 */
export const FAILS = 'testbed.slipway.dev/fails';

/**
 * How Pods of pipelines end: all containers with 0, unless one is told to fail. kwok's own stage for Pods that end is
 * for Jobs only. Tekton's entrypoint, which does not run here, would tell by a termination message that it skipped the
 * steps behind a failed one; so does this.
 */
export const pipelinePodEnds: KubeObject = {
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name: 'pipeline-pod-ends' },
  spec: {
    resourceRef: { apiGroup: 'v1', kind: 'Pod' },
    selector: {
      matchExpressions: [
        { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
        { key: '.status.phase', operator: 'In', values: ['Running'] },
        {
          key: '.metadata.ownerReferences.[].kind',
          operator: 'In',
          values: ['TaskRun', 'Workflow'],
        },
        // Tekton starts the first step by this annotation; a Pod of Argo's has none.
        {
          key: '.metadata.annotations["tekton.dev/ready"] // "READY"',
          operator: 'In',
          values: ['READY'],
        },
      ],
    },
    delay: { durationMilliseconds: 200 },
    next: {
      statusTemplate: `
{{ $now := Now }}
{{ $annotations := or .metadata.annotations dict }}
{{ $labels := or .metadata.labels dict }}
{{ $fails := or (index $annotations "${FAILS}") "" }}
{{ $task := or (index $labels "tekton.dev/pipelineTask") "" }}
{{ $failed := false }}
containerStatuses:
{{ range .spec.containers }}
{{ $place := .name }}
{{ if $task }}{{ $place = printf "%s/%s" $task .name }}{{ end }}
{{ $fail := and (ne $fails "") (eq $fails $place) }}
- image: {{ .image | Quote }}
  name: {{ .name | Quote }}
  ready: false
  restartCount: 0
  started: false
  state:
    terminated:
      finishedAt: {{ $now | Quote }}
      startedAt: {{ $now | Quote }}
{{ if $fail }}
      exitCode: 3
      reason: Error
{{ else if and $failed $task }}
      exitCode: 1
      reason: Error
      message: '[{"key":"Reason","value":"Skipped","type":3}]'
{{ else }}
      exitCode: 0
      reason: Completed
{{ end }}
{{ if $fail }}{{ $failed = true }}{{ end }}
{{ end }}
phase: {{ if $failed }}Failed{{ else }}Succeeded{{ end }}
`,
    },
  },
};
