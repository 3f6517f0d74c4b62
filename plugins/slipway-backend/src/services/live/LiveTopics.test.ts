import { aspectOf } from '../../domain/live/subjects';
import { LiveTopics } from './LiveTopics';

const KEY = 'shop/web/prod';
const OWN = `environment:${KEY}`;

describe('the ids of an answer', () => {
  let now: number;
  let topics: LiveTopics;
  beforeEach(() => {
    now = 0;
    topics = new LiveTopics('s', () => now);
  });
  const idsOf = (...subjects: string[]) => subjects.map(s => topics.idOf(s));

  it('name its subjects, and the aspects of them that it shows', () => {
    expect(topics.show([OWN, 'changes'], ['timeline']).ids()).toEqual(
      idsOf(OWN, aspectOf(OWN, 'timeline'), 'changes'),
    );
  });

  it.each([OWN, 'service:shop/web', 'organization:shop', 'fleet'])(
    'name what is recorded of %s only while something of it is shown as it is recorded',
    subject => {
      const answer = topics.show([subject]);
      expect(answer.ids()).toEqual(idsOf(subject));
      // Found out while the answer was computed.
      topics.lean(KEY, true);
      const both = idsOf(subject, aspectOf(subject, 'record'));
      expect(answer.ids()).toEqual(both);
      topics.lean(KEY, false);
      expect(answer.ids()).toEqual(idsOf(subject));
    },
  );

  it('are not moved by what another environment leans on', () => {
    topics.lean('shop/web/prod-2', true);
    topics.lean('shop/web2/prod', true);
    expect(topics.show([OWN]).ids()).toEqual(idsOf(OWN));
    topics.lean('shopping/web/prod', true);
    topics.lean('shop/web/prod-2', false);
    topics.lean('shop/web2/prod', false);
    expect(topics.show(['organization:shop']).ids()).toHaveLength(1);
  });

  it('name each aspect once', () => {
    topics.lean(KEY, true);
    expect(topics.show([OWN], ['record', 'timeline']).ids()).toHaveLength(3);
  });
});
