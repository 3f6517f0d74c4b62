import ErrorIcon from '@mui/icons-material/ErrorOutline';
import Button from '@mui/material/Button';
import { messageOf, Notice } from '../components';

/**
 * Says that the choices of an input could not be loaded. The input stays: what was typed or chosen is still there.
 *
 * @internal
 */
export function LoadError(props: {
  query: { error: unknown; refetch: () => unknown };
  what: string;
}) {
  const { query, what } = props;
  if (!query.error) {
    return null;
  }
  return (
    <Notice
      tone="bad"
      icon={ErrorIcon}
      actions={
        <Button size="small" onClick={() => query.refetch()}>
          Try again
        </Button>
      }
    >
      <strong>Could not load {what}.</strong> {messageOf(query.error)}
    </Notice>
  );
}
