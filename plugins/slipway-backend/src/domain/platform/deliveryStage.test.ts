import {
  DELIVERY_STAGES,
  deliveryStage,
  type DeliveryStage,
} from './deliveryStage';

describe('how far a delivery goes', () => {
  it('is up to the class where nothing is set', () => {
    expect(deliveryStage('direct', undefined)).toBe('push');
    expect(deliveryStage('change-request', undefined)).toBe('change-request');
  });

  it.each(DELIVERY_STAGES)(
    'never passes over the look that a class asks for, with the stage %s',
    stage => {
      expect(deliveryStage('change-request', stage)).not.toBe('push');
    },
  );

  it.each<DeliveryStage>(['write', 'commit', 'branch', 'change-request'])(
    'is held back at %s for every class',
    stage => {
      expect(deliveryStage('direct', stage)).toBe(stage);
      expect(deliveryStage('change-request', stage)).toBe(stage);
    },
  );
});
