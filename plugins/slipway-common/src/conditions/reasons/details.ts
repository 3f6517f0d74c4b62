import { here, type Reason, stopped, waiting } from './reason';

const image = (why: string, next: string) =>
  stopped({
    title: 'The image can\u2019t be pulled',
    why,
    next,
    who: 'owner',
    action: 'resources',
  });

/**
 * What is behind Healthy where the cluster says more: the reasons of Pods, controllers and claims, in Kubernetes' own
 * words. They are never a condition's reason; they explain one.
 */
export const OBJECT_REASONS = {
  ImagePullBackOff: image(
    'Pulling failed several times, so the kubelet waits longer between the tries.',
    'Check that the tag was pushed and the registry lets the cluster in; it is pulled again by itself.',
  ),
  ErrImagePull: image(
    'The registry has no such image, or doesn\u2019t let the cluster in.',
    'Check that the tag was pushed and the registry lets the cluster in; it is pulled again by itself.',
  ),
  ErrImageNeverPull: image(
    'The image may not be pulled (imagePullPolicy: Never), and the node doesn\u2019t hold it.',
    'Take the policy away, or load the image onto the node.',
  ),
  InvalidImageName: image(
    'The name of the image can\u2019t be read as one.',
    'Correct image.repository or the revision in the spec.',
  ),
  RegistryUnavailable: image(
    'The registry doesn\u2019t answer.',
    'It is pulled again by itself; ask whoever runs the registry when it lasts.',
  ),
  CrashLoopBackOff: stopped({
    title: 'A container keeps stopping',
    why: 'The process ends soon after its start, so the kubelet waits longer between the tries.',
    next: 'Read the logs of the former container; the last lines mostly say why.',
    who: 'owner',
    action: 'resources',
  }),
  OOMKilled: stopped({
    title: 'A container ran out of memory',
    why: 'It used more than its memory limit, and the kernel ended it.',
    next: 'Raise resources.memory in the spec, or let the process use less.',
    who: 'owner',
    action: 'edit-spec',
  }),
  CreateContainerConfigError: stopped({
    title: 'A container can\u2019t be set up',
    why: 'It refers to a Secret, a ConfigMap or a key that isn\u2019t there.',
    next: 'Check the secrets of the workload: the message names what is missing.',
    who: 'owner',
    action: 'resources',
  }),
  CreateContainerError: stopped({
    title: 'A container can\u2019t be created',
    why: 'The container runtime refused what the Pod asks for.',
    next: 'The message is the runtime\u2019s own; correct command, volumes or image.',
    who: 'owner',
    action: 'resources',
  }),
  RunContainerError: stopped({
    title: 'A container can\u2019t be started',
    why: 'The container runtime could not run the command of the image.',
    next: 'The message is the runtime\u2019s own; mostly the command isn\u2019t in the image.',
    who: 'owner',
    action: 'resources',
  }),
  Unschedulable: stopped({
    title: 'No node has room',
    why: 'The scheduler finds no node with enough CPU and memory that the Pod may run on.',
    next: 'Ask for less in the spec, or ask the platform team for more nodes.',
    who: 'platform',
    action: 'resources',
  }),
  Evicted: stopped({
    title: 'A Pod was evicted',
    why: 'Its node ran short of memory or disk and had to let Pods go.',
    next: 'Its controller makes another; give the workload requests that fit what it uses.',
    who: 'owner',
    action: 'resources',
  }),
  PodFailed: stopped({
    title: 'A Pod failed',
    why: 'Its containers ended with an error and are not started again.',
    next: 'Read its logs; the last lines mostly say why.',
    who: 'owner',
    action: 'resources',
  }),
  PodNotReady: here(
    'A Pod is not ready yet',
    'It runs, but its readiness probe hasn\u2019t passed.',
    'It gets traffic as soon as the probe passes.',
  ),
  PodStarting: here(
    'A Pod is starting',
    'Its node pulls the image and makes the containers.',
    'Usually takes a few seconds.',
  ),
  QuotaUsedUp: stopped({
    title: 'The quota is used up',
    why: 'The namespace\u2019s ResourceQuota has no room for another Pod.',
    next: 'Ask for less, or ask the platform team for a larger quota profile.',
    who: 'owner',
    action: 'plan',
  }),
  FailedCreate: stopped({
    title: 'Pods can\u2019t be made',
    why: 'The API server refuses the Pods that the controller wants to make.',
    next: 'The message is the API server\u2019s own; correct what it names.',
    who: 'owner',
    action: 'resources',
  }),
  ProgressDeadlineExceeded: stopped({
    title: 'A rollout does not get on',
    why: 'The new Pods didn\u2019t become available within the Deployment\u2019s deadline; the former ones keep running.',
    next: 'Look at the new Pods; their events and logs say more.',
    who: 'owner',
    action: 'resources',
  }),
  RollingOut: here(
    'Being rolled out',
    'The controller replaces Pods one after the other.',
    'It goes on by itself.',
  ),
  JobFailed: stopped({
    title: 'A Job failed',
    why: 'It used up its retries or its time.',
    next: 'Read the logs of its Pods, then run it again.',
    who: 'owner',
    action: 'resources',
  }),
  JobRunning: here(
    'A Job is running',
    'Its Pods have not finished yet.',
    'It goes on by itself.',
  ),
  Paused: waiting({
    title: 'A rollout is paused',
    why: 'Somebody set spec.paused or spec.suspend on the object.',
    next: 'Whoever paused it resumes it there.',
    who: 'owner',
    action: 'resources',
  }),
  VolumePending: here(
    'Waiting for a volume',
    'No volume is bound to the claim yet.',
    'Usually takes a few seconds; ask the platform team when it lasts.',
  ),
  VolumeLost: stopped({
    title: 'A volume is lost',
    why: 'The volume that the claim was bound to is gone.',
    next: 'The platform team brings the volume back, or restores a backup.',
    who: 'platform',
    action: 'resources',
  }),
  AddressPending: here(
    'Waiting for an address',
    'The load balancer has not given the Service an address yet.',
    'It goes on by itself.',
  ),
  Terminating: here(
    'Being deleted',
    'The object is marked for deletion and waits for its finalizers.',
    'It goes on by itself.',
  ),
} as const satisfies Record<string, Reason>;

/** How runs of pipelines stand. They stand beside the road: a run that failed stops nothing that runs. */
export const PIPELINE_REASONS = {
  PipelineFailed: stopped({
    title: 'The last pipeline run failed',
    why: 'A step ended with an error, so no new image was made; what runs keeps running.',
    next: 'Read the logs of the step that failed, then run it again.',
    who: 'owner',
    action: 'pipelines',
  }),
  PipelineCancelled: waiting({
    title: 'The last pipeline run was cancelled',
    why: 'Somebody, or a newer run, ended it.',
    next: 'Run it again when it is still wanted.',
    who: 'owner',
    action: 'pipelines',
  }),
  PipelineRunning: here(
    'A pipeline is running',
    'A new image is being built.',
    'It is deployed when it is done.',
  ),
} as const satisfies Record<string, Reason>;
