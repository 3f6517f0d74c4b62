import {
  ApiOrganizationDetails,
  ApiOverview,
  ApiPolicyPack,
} from '@slipway/plugin-slipway-common';
import { EnvironmentsPage, EnvironmentsQuery } from '../../domain/fleet/page';
import { CallOptions } from '../changes/ChangesService';

/** The platform as a whole, as far as the caller may see it. */
export interface FleetService {
  overview(options: CallOptions): Promise<ApiOverview>;
  environments(
    query: EnvironmentsQuery,
    options: CallOptions,
  ): Promise<EnvironmentsPage>;
  organization(
    name: string,
    options: CallOptions,
  ): Promise<ApiOrganizationDetails>;
  policies(options: CallOptions): Promise<ApiPolicyPack[]>;
}
