import InboxIcon from '@mui/icons-material/Inbox';
import type { ReactNode } from 'react';
import { FullState } from './ErrorStates';

/**
 * Nothing there yet, and what to do first.
 *
 * @internal
 */
export const EmptyState = (props: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) => (
  <FullState
    icon={InboxIcon}
    tone="off"
    title={props.title}
    actions={props.actions}
  >
    {props.children}
  </FullState>
);
