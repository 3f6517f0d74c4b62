import { isAbsolute } from 'node:path';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { RepositoryRef } from '@slipway/plugin-slipway-node';
import {
  DELIVERY_STAGES,
  DeliveryStage,
} from './domain/platform/deliveryStage';

/** The section `slipway.gitops.delivery`, checked. */
export interface DeliveryConfig {
  stage?: DeliveryStage;
  /** Absolute; there for the stages `write` and `commit`. */
  directory?: string;
  /** What is pushed to, and what change requests are against. */
  target: RepositoryRef;
  branchPrefix?: string;
}

/** Stages that end in a folder on disk. */
const IN_A_FOLDER: readonly DeliveryStage[] = ['write', 'commit'];

/** What Git takes as the beginning of a branch name, so that the environment's name can follow. */
const PREFIX =
  /^[A-Za-z0-9][A-Za-z0-9_-]*([./][A-Za-z0-9][A-Za-z0-9_-]*)*[/-]$/;

/** Reads and checks how far deliveries go; throws InputError that names the key. */
export function readDelivery(
  slipway: Config,
  repository: RepositoryRef,
): DeliveryConfig {
  const config = slipway.getOptionalConfig('gitops.delivery');
  const stage = config?.getOptionalString('stage');
  if (stage !== undefined && !isStage(stage)) {
    throw new InputError(
      `slipway.gitops.delivery.stage is '${stage}'; allowed is ${DELIVERY_STAGES.join(', ')}.`,
    );
  }
  const directory = config?.getOptionalString('directory');
  if (stage && IN_A_FOLDER.includes(stage) && directory === undefined) {
    throw new InputError(
      `slipway.gitops.delivery.directory is missing; the stage '${stage}' needs the folder that it ends in.`,
    );
  }
  if (directory !== undefined && !isAbsolute(directory)) {
    throw new InputError(
      `slipway.gitops.delivery.directory is '${directory}'; allowed is an absolute path.`,
    );
  }
  const branchPrefix = config?.getOptionalString('branchPrefix');
  if (branchPrefix !== undefined && !PREFIX.test(branchPrefix)) {
    throw new InputError(
      `slipway.gitops.delivery.branchPrefix is '${branchPrefix}'; allowed are letters and digits with '.', '_', '-' or '/' between them, and '/' or '-' at its end.`,
    );
  }
  return {
    ...(stage && { stage }),
    ...(directory && { directory }),
    ...(branchPrefix && { branchPrefix }),
    target: {
      url: config?.getOptionalString('remote') ?? repository.url,
      branch: config?.getOptionalString('baseBranch') ?? repository.branch,
    },
  };
}

function isStage(text: string): text is DeliveryStage {
  return (DELIVERY_STAGES as readonly string[]).includes(text);
}
