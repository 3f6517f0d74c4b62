import {
  JsonObject,
  equal,
  listAt,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
} from '../../apiserver/json';
import { KubeObject, timestamp } from '../../apiserver/types';
import { NODE, StandIn, StandInContext, keyOf, splitKey } from '../stand-in';
import { WorkLoop } from '../work-loop';
import {
  behaviourIn,
  behaviourOf,
  missingReference,
  missingVolume,
} from './images';

/** After this many restarts a crashing container is left in its back-off; a real kubelet waits up to five minutes. */
const RESTARTS_SHOWN = 3;

/** Plays scheduler and kubelet: Pods get the sandbox' node, "start", become ready, and end. */
export class Kubelet implements StandIn {
  private readonly loop: WorkLoop;
  private unsubscribe = () => {};
  private addresses = 0;

  constructor(private readonly context: StandInContext) {
    this.loop = new WorkLoop(
      'kubelet',
      key => this.reconcile(key),
      context.logger,
    );
  }

  start(): void {
    const { client } = this.context;
    for (const pod of client.list('pods')) this.loop.add(keyOf('pods', pod));
    this.unsubscribe = client.watch(({ type, resource, object }) => {
      if (resource === 'pods' && type !== 'DELETED')
        this.loop.add(keyOf('pods', object));
      // What Pods wait for: a Secret, a ConfigMap, a claim.
      if (
        !['secrets', 'configmaps', 'persistentvolumeclaims'].includes(resource)
      )
        return;
      for (const pod of client.list('pods', object.metadata.namespace)) {
        if (stringAt(pod, 'status', 'phase') === 'Pending')
          this.loop.add(keyOf('pods', pod));
      }
    });
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    await this.loop.stop();
  }

  private reconcile(key: string): number | void {
    const { client, timings, events } = this.context;
    const { namespace, name } = splitKey(key);
    const pod = client.get('pods', namespace, name);
    if (!pod) return undefined;
    if (pod.metadata.deletionTimestamp) return this.end(pod);
    const phase = stringAt(pod, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed') return undefined;
    if (!stringAt(pod, 'spec', 'nodeName')) {
      client.update('pods', {
        ...pod,
        spec: { ...objectAt(pod, 'spec'), nodeName: NODE },
      });
      events.record(
        pod,
        'Normal',
        'Scheduled',
        `Successfully assigned ${namespace}/${name} to ${NODE}`,
      );
      return 0;
    }
    const blocked = missingVolume(client, pod);
    if (blocked) {
      this.write(
        pod,
        this.status(pod, 'Pending', one => waiting(one, 'ContainerCreating')),
      );
      events.record(pod, 'Warning', 'FailedMount', blocked);
      return 2000;
    }
    const since = this.started(pod);
    if (since === undefined) {
      this.write(
        pod,
        this.status(pod, 'Pending', one => waiting(one, 'ContainerCreating'), {
          startTime: this.now(),
        }),
      );
      return timings.podStartMs;
    }
    const elapsed = this.context.clock().getTime() - since;
    // Times in the API are whole seconds; the pause that is asked for decides, not the stamp.
    if (elapsed < timings.podStartMs - 1000)
      return timings.podStartMs - elapsed;
    return this.run(pod, elapsed);
  }

  private run(pod: KubeObject, elapsed: number): number | void {
    const { client, timings, events } = this.context;
    const restart = stringAt(pod, 'spec', 'restartPolicy');
    const containers = objectsAt(pod, 'spec', 'containers');
    const broken = containers.find(
      one => behaviourOf(String(one.image)) === 'missing',
    );
    const unconfigured = containers
      .map(one => missingReference(client, pod, one))
      .find(Boolean);
    const crashing = containers.some(
      one => behaviourIn(pod, one) === 'crashes',
    );
    if (broken || unconfigured) {
      const reason = broken ? 'ImagePullBackOff' : 'CreateContainerConfigError';
      const message = broken
        ? `Back-off pulling image "${String(broken.image)}"`
        : unconfigured!;
      this.write(
        pod,
        this.status(pod, 'Pending', one => waiting(one, reason, message)),
      );
      if (broken)
        events.record(
          pod,
          'Warning',
          'Failed',
          `Failed to pull image "${String(broken.image)}": not found (the sandbox: its tag contains "missing")`,
        );
      else events.record(pod, 'Warning', 'Failed', `Error: ${message}`);
      return undefined;
    }
    if (crashing && restart === 'Always') return this.crash(pod);
    if (restart !== 'Always') {
      if (elapsed < timings.podStartMs + timings.workMs - 1000) {
        this.write(
          pod,
          this.status(pod, 'Running', one => this.running(pod, one)),
        );
        return timings.workMs;
      }
      this.write(
        pod,
        this.status(pod, crashing ? 'Failed' : 'Succeeded', one =>
          this.terminated(
            pod,
            one,
            behaviourIn(pod, one) === 'crashes' ? 1 : 0,
          ),
        ),
      );
      return undefined;
    }
    const first = stringAt(pod, 'status', 'phase') !== 'Running';
    this.write(
      pod,
      this.status(pod, 'Running', one => this.running(pod, one)),
    );
    if (first) {
      for (const one of containers)
        events.record(
          pod,
          'Normal',
          'Started',
          `Container ${String(one.name)} started (a stand-in: the sandbox runs no images)`,
        );
    }
    return undefined;
  }

  private crash(pod: KubeObject): number | void {
    const { events, timings } = this.context;
    const restarts = Math.max(
      0,
      ...objectsAt(pod, 'status', 'containerStatuses').map(
        one => numberAt(one, 'restartCount') ?? 0,
      ),
    );
    const next = Math.min(RESTARTS_SHOWN, restarts + 1);
    this.write(
      pod,
      this.status(pod, 'Running', one => {
        if (behaviourIn(pod, one) !== 'crashes') return this.running(pod, one);
        const message = `back-off restarting failed container=${String(one.name)} pod=${pod.metadata.name}_${pod.metadata.namespace}`;
        const { state } = this.terminated(pod, one, 1);
        return {
          ...waiting(one, 'CrashLoopBackOff', message),
          restartCount: next,
          lastState: state,
        };
      }),
    );
    if (restarts === RESTARTS_SHOWN) return undefined;
    events.record(
      pod,
      'Warning',
      'BackOff',
      `Back-off restarting failed container in pod ${pod.metadata.name}_${pod.metadata.namespace}`,
    );
    return timings.podStartMs;
  }

  private end(pod: KubeObject): number | void {
    const { client, timings, clock } = this.context;
    const grace = pod.metadata.deletionGracePeriodSeconds ?? 0;
    const marked = Date.parse(pod.metadata.deletionTimestamp!) - grace * 1000;
    const left = marked + timings.podStopMs - clock().getTime();
    if (left > 0) return left;
    client.delete('pods', pod.metadata.namespace, pod.metadata.name, {
      gracePeriodSeconds: 0,
    });
    return undefined;
  }

  private now(): string {
    return timestamp(this.context.clock());
  }

  private started(pod: KubeObject): number | undefined {
    const text = stringAt(pod, 'status', 'startTime');
    return text === undefined ? undefined : Date.parse(text);
  }

  private running(pod: KubeObject, container: JsonObject): JsonObject {
    const before = objectsAt(pod, 'status', 'containerStatuses').find(
      one => one.name === container.name,
    );
    const startedAt =
      stringAt(before, 'state', 'running', 'startedAt') ?? this.now();
    return {
      ...containerStatus(container, true),
      state: { running: { startedAt } },
    };
  }

  private terminated(pod: KubeObject, container: JsonObject, exitCode: number) {
    const startedAt = stringAt(pod, 'status', 'startTime') ?? this.now();
    const reason = exitCode ? 'Error' : 'Completed';
    return {
      ...containerStatus(container, false),
      state: {
        terminated: { exitCode, reason, startedAt, finishedAt: this.now() },
      },
    };
  }

  private status(
    pod: KubeObject,
    phase: string,
    containerState: (container: JsonObject) => JsonObject,
    extra: JsonObject = {},
  ): JsonObject {
    const containerStatuses = objectsAt(pod, 'spec', 'containers').map(
      containerState,
    );
    const initContainerStatuses = objectsAt(pod, 'spec', 'initContainers').map(
      one => this.terminated(pod, one, 0),
    );
    const ready =
      phase === 'Running' && containerStatuses.every(one => one.ready);
    const done = phase === 'Succeeded' || phase === 'Failed';
    const conditions = [
      ['PodScheduled', true],
      ['Initialized', true],
      ['ContainersReady', ready],
      ['Ready', ready],
    ].map(([type, ok]) => this.condition(pod, String(type), Boolean(ok), done));
    const started = phase === 'Running' || done;
    const podIP = stringAt(pod, 'status', 'podIP') ?? this.address();
    return {
      ...objectAt(pod, 'status'),
      phase,
      conditions,
      containerStatuses,
      ...(initContainerStatuses.length && started
        ? { initContainerStatuses }
        : {}),
      ...(started
        ? {
            podIP,
            podIPs: [{ ip: podIP }],
            hostIP: '127.0.0.1',
            hostIPs: [{ ip: '127.0.0.1' }],
          }
        : {}),
      ...extra,
    };
  }

  private condition(
    pod: KubeObject,
    type: string,
    ok: boolean,
    done: boolean,
  ): JsonObject {
    const status = ok ? 'True' : 'False';
    const before = listAt(pod, 'status', 'conditions').find(
      one =>
        stringAt(one, 'type') === type && stringAt(one, 'status') === status,
    );
    if (before) return before as JsonObject;
    const why = ok
      ? {}
      : { reason: done ? 'PodCompleted' : 'ContainersNotReady' };
    return {
      type,
      status,
      lastProbeTime: null,
      lastTransitionTime: this.now(),
      ...why,
    };
  }

  private address(): string {
    this.addresses += 1;
    return `10.244.${(this.addresses >> 8) & 255}.${this.addresses & 255}`;
  }

  private write(pod: KubeObject, status: JsonObject): void {
    if (!equal(status, pod.status))
      this.context.client.updateStatus('pods', pod, status);
  }
}

function containerStatus(container: JsonObject, ready: boolean): JsonObject {
  const image = String(container.image);
  return {
    name: container.name,
    image,
    imageID: ready ? `sandbox://${image}` : '',
    ready,
    started: ready,
    restartCount: 0,
    ...(ready ? { containerID: `sandbox://${String(container.name)}` } : {}),
  };
}

function waiting(
  container: JsonObject,
  reason: string,
  message?: string,
): JsonObject {
  return {
    ...containerStatus(container, false),
    state: { waiting: { reason, ...(message ? { message } : {}) } },
  };
}
