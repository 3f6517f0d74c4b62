import { compatWrapper } from '@backstage/core-compat-api';
import { DriftCard } from '../entity/DriftCard';
import { EnvironmentsTab } from '../entity/EnvironmentsTab';
import { PipelinesCard } from '../entity/PipelinesCard';
import { SyncCard } from '../entity/SyncCard';

/** @internal */
export const LegacySyncCard = () => compatWrapper(<SyncCard />);

/** @internal */
export const LegacyDriftCard = () => compatWrapper(<DriftCard />);

/** @internal */
export const LegacyPipelinesCard = () => compatWrapper(<PipelinesCard />);

/** @internal */
export const LegacyEnvironmentsTab = () => compatWrapper(<EnvironmentsTab />);
