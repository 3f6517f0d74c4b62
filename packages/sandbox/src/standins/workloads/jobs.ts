import {
  JsonObject,
  equal,
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
} from '../../apiserver/json';
import { generatedName } from '../../apiserver/lifecycle';
import { KubeObject, timestamp } from '../../apiserver/types';
import { STAND_IN, controllerRef } from '../client';
import { Controller } from '../controller';
import { StandInContext } from '../stand-in';
import { lastScheduled } from './cron';
import { counts, isReady } from './deployments';

const JOBS = 'jobs.batch';
const CRON_JOBS = 'cronjobs.batch';
const SCHEDULE_CHECK_MS = 10_000;

/** Plays the Job and CronJob controllers. */
export class Jobs extends Controller {
  constructor(context: StandInContext) {
    super(context, {
      name: 'jobs',
      resources: [JOBS, CRON_JOBS],
      parents: { 'Job/pods': JOBS, [`CronJob/${JOBS}`]: CRON_JOBS },
    });
  }

  protected reconcile(resource: string, object: KubeObject): number | void {
    if (object.metadata.deletionTimestamp) return undefined;
    return resource === CRON_JOBS ? this.cronJob(object) : this.job(object);
  }

  private cronJob(cron: KubeObject): number {
    const { client, clock, events } = this.context;
    const { namespace, name } = cron.metadata;
    const jobs = client.owned(JOBS, cron);
    const active = jobs.filter(one => !finished(one));
    this.trim(
      jobs,
      'Complete',
      numberAt(cron, 'spec', 'successfulJobsHistoryLimit') ?? 3,
    );
    this.trim(
      jobs,
      'Failed',
      numberAt(cron, 'spec', 'failedJobsHistoryLimit') ?? 1,
    );
    const last =
      stringAt(cron, 'status', 'lastScheduleTime') ??
      cron.metadata.creationTimestamp!;
    const due = objectAt(cron, 'spec')?.suspend
      ? undefined
      : lastScheduled(
          stringAt(cron, 'spec', 'schedule') ?? '',
          new Date(last),
          clock(),
        );
    let lastScheduleTime = stringAt(cron, 'status', 'lastScheduleTime');
    const policy = stringAt(cron, 'spec', 'concurrencyPolicy');
    if (due && !(policy === 'Forbid' && active.length)) {
      if (policy === 'Replace')
        active.forEach(one =>
          client.delete(JOBS, namespace, one.metadata.name),
        );
      const template = objectAt(cron, 'spec', 'jobTemplate') ?? {};
      const created = client.create(JOBS, namespace, {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {
          ...objectAt(template, 'metadata'),
          annotations: {
            ...objectAt(template, 'metadata', 'annotations'),
            [STAND_IN]: 'true',
          },
          name: `${name.slice(0, 52)}-${Math.floor(due.getTime() / 60_000)}`,
          ownerReferences: [controllerRef(cron)],
        },
        spec: objectAt(template, 'spec'),
      });
      active.push(created);
      lastScheduleTime = timestamp(due);
      events.record(
        cron,
        'Normal',
        'SuccessfulCreate',
        `Created job ${created.metadata.name}`,
      );
    }
    const references = active.map(one => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      namespace,
      name: one.metadata.name,
      uid: one.metadata.uid,
    }));
    const done = jobs
      .map(one => stringAt(one, 'status', 'completionTime'))
      .filter(Boolean)
      .sort();
    const status: JsonObject = {
      ...(references.length ? { active: references } : {}),
      ...(lastScheduleTime ? { lastScheduleTime } : {}),
      ...(done.length ? { lastSuccessfulTime: done[done.length - 1] } : {}),
    };
    if (!equal(status, cron.status))
      client.updateStatus(CRON_JOBS, cron, status);
    return SCHEDULE_CHECK_MS;
  }

  private trim(jobs: KubeObject[], type: string, limit: number): void {
    const old = jobs.filter(one => finished(one) === type);
    old.sort((a, b) =>
      b.metadata.creationTimestamp!.localeCompare(
        a.metadata.creationTimestamp!,
      ),
    );
    for (const one of old.slice(limit))
      this.context.client.delete(
        JOBS,
        one.metadata.namespace,
        one.metadata.name,
      );
  }

  private job(job: KubeObject): number | void {
    const { client, clock } = this.context;
    if (finished(job)) return this.expire(job);
    if (objectAt(job, 'spec')?.suspend) return undefined;
    this.ensurePods(job);
    const pods = client.owned('pods', job);
    const phase = (wanted: string) =>
      pods.filter(one => stringAt(one, 'status', 'phase') === wanted).length;
    const [succeeded, failed] = [phase('Succeeded'), phase('Failed')];
    const active = pods.length - succeeded - failed;
    const now = timestamp(clock());
    const startTime = stringAt(job, 'status', 'startTime') ?? now;
    const complete = succeeded >= (numberAt(job, 'spec', 'completions') ?? 1);
    const lost = failed > (numberAt(job, 'spec', 'backoffLimit') ?? 6);
    const condition = (type: string, reason: string, message: string) => ({
      type,
      status: 'True',
      lastProbeTime: now,
      lastTransitionTime: now,
      reason,
      message,
    });
    const status: JsonObject = {
      startTime,
      ...counts({
        active,
        succeeded,
        failed,
        ready: pods.filter(isReady).length,
      }),
      ...(complete
        ? {
            completionTime: now,
            conditions: [
              condition(
                'Complete',
                'CompletionsReached',
                'Reached expected number of succeeded pods',
              ),
            ],
          }
        : {}),
      ...(lost && !complete
        ? {
            conditions: [
              condition(
                'Failed',
                'BackoffLimitExceeded',
                'Job has reached the specified backoff limit',
              ),
            ],
          }
        : {}),
    };
    if (!equal(status, job.status)) client.updateStatus(JOBS, job, status);
    return undefined;
  }

  private ensurePods(job: KubeObject): void {
    const { client } = this.context;
    const pods = client.owned('pods', job);
    const running = pods.filter(
      one =>
        !['Succeeded', 'Failed'].includes(
          stringAt(one, 'status', 'phase') ?? '',
        ),
    ).length;
    const succeeded = pods.filter(
      one => stringAt(one, 'status', 'phase') === 'Succeeded',
    ).length;
    const failed = pods.length - running - succeeded;
    if (failed > (numberAt(job, 'spec', 'backoffLimit') ?? 6)) return;
    const left = (numberAt(job, 'spec', 'completions') ?? 1) - succeeded;
    const wanted = Math.min(left, numberAt(job, 'spec', 'parallelism') ?? 1);
    for (let count = running; count < wanted; count += 1) {
      const template = objectAt(job, 'spec', 'template') ?? {};
      client.create('pods', job.metadata.namespace, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...objectAt(template, 'metadata'),
          annotations: {
            ...objectAt(template, 'metadata', 'annotations'),
            [STAND_IN]: 'true',
          },
          name: generatedName(`${job.metadata.name}-`),
          generateName: `${job.metadata.name}-`,
          ownerReferences: [controllerRef(job)],
        },
        spec: objectAt(template, 'spec'),
      });
    }
  }

  private expire(job: KubeObject): number | void {
    const seconds = numberAt(job, 'spec', 'ttlSecondsAfterFinished');
    if (seconds === undefined) return undefined;
    const end =
      stringAt(job, 'status', 'completionTime') ??
      stringAt(job, 'status', 'conditions', 0, 'lastTransitionTime');
    const left =
      Date.parse(end!) + seconds * 1000 - this.context.clock().getTime();
    if (left > 0) return left;
    this.context.client.delete(
      JOBS,
      job.metadata.namespace,
      job.metadata.name,
      { propagationPolicy: 'Foreground' },
    );
    return undefined;
  }
}

function finished(job: KubeObject): string | undefined {
  const found = objectsAt(job, 'status', 'conditions').find(
    one =>
      (one.type === 'Complete' || one.type === 'Failed') &&
      one.status === 'True',
  );
  return found && String(found.type);
}
