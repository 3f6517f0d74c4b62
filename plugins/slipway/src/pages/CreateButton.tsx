import { useRouteRef } from '@backstage/frontend-plugin-api';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { scaffolderRouteRef } from '../routes';

/**
 * The way to the templates from where there is nothing yet; not drawn in an app that has none.
 *
 * @internal
 */
export function CreateButton(props: { children: ReactNode }) {
  const create = useRouteRef(scaffolderRouteRef);
  return create ? (
    <Button
      component={RouterLink}
      to={create()}
      variant="contained"
      size="small"
    >
      {props.children}
    </Button>
  ) : null;
}
