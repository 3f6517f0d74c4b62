import { EntityLayout } from '@backstage/plugin-catalog';
import Grid from '@mui/material/Grid';
import {
  EntitySlipwayDriftCard,
  EntitySlipwayEnvironmentsContent,
  EntitySlipwayPipelinesCard,
  EntitySlipwaySyncCard,
  isSlipwayAvailable,
} from '../../src/legacy';

/** The page of a service, with every card and the tab. */
export const EntityPage = () => (
  <EntityLayout>
    <EntityLayout.Route path="/" title="Overview">
      <Grid container spacing={2}>
        <Grid item xs={12} md={6}>
          <EntitySlipwaySyncCard />
        </Grid>
        <Grid item xs={12} md={6}>
          <EntitySlipwayDriftCard />
        </Grid>
        <Grid item xs={12} md={6}>
          <EntitySlipwayPipelinesCard />
        </Grid>
      </Grid>
    </EntityLayout.Route>
    <EntityLayout.Route
      path="/environments"
      title="Environments"
      if={isSlipwayAvailable}
    >
      <EntitySlipwayEnvironmentsContent />
    </EntityLayout.Route>
  </EntityLayout>
);
