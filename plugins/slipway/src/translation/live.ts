/** What is said about how well a page is kept up to date. @internal */
export const liveMessages = {
  live: {
    lost: 'Live updates are lost.',
    asking: 'This page asks every 30 s until they are back.',
    refresh: 'Ask now',
  },
};
