import type { Knex } from 'knex';

/** Who held a key from when on, as the database saw it. */
interface Claim {
  key: string;
  /** Absent when it was given back. */
  holder?: string;
  at: number;
}

/** Notes in the database itself whose every lease was, by the name of the session. */
export class LeaseLog {
  static async start(db: Knex): Promise<LeaseLog> {
    await db.raw(`
      create table slipway.lease_log (
        id bigserial, key text, token text, holder text,
        at timestamptz default clock_timestamp()
      );
      create function slipway.log_lease() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' or old.lease_token is distinct from new.lease_token then
          insert into slipway.lease_log (key, token, holder)
          values (new.key, new.lease_token, current_setting('application_name'));
        end if;
        return new;
      end $$;
      create trigger log_lease after insert or update on slipway.queue_items
      for each row execute function slipway.log_lease();
    `);
    return new LeaseLog(db);
  }

  private constructor(private readonly db: Knex) {}

  /** All claims in order, by key. */
  async claims(): Promise<Map<string, Claim[]>> {
    const rows: Array<{
      key: string;
      token: string | null;
      holder: string;
      at: Date;
    }> = await this.db
      .withSchema('slipway')
      .from('lease_log')
      .select('*')
      .orderBy('id');
    const claims = new Map<string, Claim[]>();
    for (const { key, token, holder, at } of rows) {
      const of = claims.get(key) ?? [];
      of.push({ key, at: at.getTime(), ...(token && { holder }) });
      claims.set(key, of);
    }
    return claims;
  }
}
