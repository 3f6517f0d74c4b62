import {
  ApiClass,
  ApiCluster,
  ApiEditRequest,
  ApiOrganization,
  ApiPlatformFile,
  ApiService,
  ApiServiceItem,
  Problem,
} from '@slipway/plugin-slipway-common';
import { CallOptions } from '../changes/ChangesService';

/** What there is: organizations, classes, clusters, services and their files. */
export interface InventoryService {
  organizations(options: CallOptions): Promise<ApiOrganization[]>;
  classes(options: CallOptions): Promise<ApiClass[]>;
  clusters(options: CallOptions): Promise<ApiCluster[]>;
  services(
    filter: { organization?: string },
    options: CallOptions,
  ): Promise<ApiServiceItem[]>;
  service(
    organization: string,
    name: string,
    options: CallOptions,
  ): Promise<ApiService>;
  /** A file as it was last read. */
  file(path: string, options: CallOptions): Promise<ApiPlatformFile>;
  /** Edits a file with comments and order kept; writes nothing. */
  edit(
    request: ApiEditRequest,
    options: CallOptions,
  ): Promise<{
    path: string;
    before: string;
    after: string;
    problems: Problem[];
  }>;
}
