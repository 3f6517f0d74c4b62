import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** Rows as high as the ones that come. @internal */
export const RowsSkeleton = (props: { rows?: number; height?: number }) => (
  <Box sx={{ px: 2, py: 1 }}>
    {Array.from({ length: props.rows ?? 3 }, (_, row) => (
      <Skeleton
        key={row}
        variant="rounded"
        height={props.height ?? 44}
        sx={{ my: 1 }}
      />
    ))}
  </Box>
);

/** A page with a headline, a road and a list. @internal */
export const PageSkeleton = () => (
  <Box>
    <Skeleton width="40%" height={36} />
    <Skeleton width="60%" height={20} />
    <Skeleton variant="rounded" height={150} sx={{ my: 2 }} />
    <Skeleton variant="rounded" height={240} />
  </Box>
);
