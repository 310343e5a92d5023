import * as sdk from '@zohocrm/typescript-sdk-8.0';
import { describe, expect, it } from 'vitest';
import { firstOf, parameters, parsed, provesItsClaims, startOfficial } from './official.ts';

const sandbox = await startOfficial();
const watch = new sdk.Notifications.NotificationsOperations();
const hour = 3_600_000;

function channel(id: string): sdk.Notifications.Notification {
  const built = new sdk.Notifications.Notification();
  built.setChannelId(id);
  built.setEvents(['Deals.all', 'Contacts.edit']);
  built.setToken('a token nobody guesses');
  built.setNotifyUrl('http://127.0.0.1:9/notify');
  return built;
}

function body(...channels: sdk.Notifications.Notification[]): sdk.Notifications.BodyWrapper {
  const request = new sdk.Notifications.BodyWrapper();
  request.setWatch(channels);
  return request;
}

async function listed(): Promise<readonly sdk.Notifications.Notification[]> {
  const answer = await parsed(watch.getNotifications(), sdk.Notifications.ResponseWrapper);
  return answer.body.getWatch();
}

describe('a channel', () => {
  it('is none at first', async () => {
    const { body: refused } = await parsed(
      watch.getNotifications(),
      sdk.Notifications.APIException,
    );
    expect(refused.getCode().getValue()).toBe('NOT_SUBSCRIBED');
  });

  it('is enabled, with field conditions', async () => {
    const field = new sdk.Notifications.Field();
    field.setAPIName('Stage');
    const selection = new sdk.Notifications.Criteria();
    selection.setField(field);
    const module = new sdk.Notifications.Module();
    module.setAPIName('Deals');
    const condition = new sdk.Notifications.NotificationCondition();
    condition.setType('field_selection');
    condition.setModule(module);
    condition.setFieldSelection(selection);
    const wanted = channel('1000000068001');
    wanted.setChannelExpiry(new Date(Date.now() + 24 * hour));
    wanted.setNotificationCondition([condition]);
    const { status, body: answer } = await parsed(
      watch.enableNotifications(body(wanted)),
      sdk.Notifications.ActionWrapper,
    );
    expect(status).toBe(201);
    const success = firstOf(answer.getWatch(), sdk.Notifications.SuccessResponse);
    const [event] = success.getDetails().get('events');
    expect(event.getResourceName()).toBe('Deals');
    expect(event.getChannelId()).toBe('1000000068001');
  });

  it('is listed once a module, with its token and conditions', async () => {
    const shown = await listed();
    expect(shown.map((each) => each.getResourceName())).toEqual(['Deals', 'Contacts']);
    expect(shown[0]?.getToken()).toBe('a token nobody guesses');
    expect(shown[0]?.getEvents()).toEqual(['Deals.all']);
    expect(shown[0]?.getNotifyOnRelatedAction()).toBe(true);
    const [condition] = shown[0]?.getNotificationCondition() ?? [];
    expect(condition?.getFieldSelection().getGroup()[0]?.getField().getAPIName()).toBe('Stage');
  });

  it('that would live for more than a week is refused', async () => {
    const wanted = channel('1000000068002');
    wanted.setChannelExpiry(new Date(Date.now() + 8 * 24 * hour));
    const { status, body: answer } = await parsed(
      watch.enableNotifications(body(wanted)),
      sdk.Notifications.ActionWrapper,
    );
    expect(status).toBe(400);
    const refused = firstOf(answer.getWatch(), sdk.Notifications.APIException);
    expect(refused.getDetails().get('api_name')).toBe('channel_expiry');
  });

  it('is replaced as a whole, its conditions with it', async () => {
    const { body: answer } = await parsed(
      watch.updateNotifications(body(channel('1000000068001'))),
      sdk.Notifications.ActionWrapper,
    );
    const success = firstOf(answer.getWatch(), sdk.Notifications.SuccessResponse);
    expect(success.getMessage().getValue()).toBe('Successfully updated the subscribe details');
    expect((await listed())[0]?.getNotificationCondition()).toEqual([]);
  });

  it('loses an event by a patch', async () => {
    const change = new sdk.Notifications.Notification();
    change.setChannelId('1000000068001');
    change.setEvents(['Contacts.edit']);
    change.setDeleteEvents(true);
    const { body: answer } = await parsed(
      watch.updateNotification(body(change)),
      sdk.Notifications.ActionWrapper,
    );
    firstOf(answer.getWatch(), sdk.Notifications.SuccessResponse);
    expect((await listed()).map((each) => each.getResourceName())).toEqual(['Deals']);
  });

  it('is disabled', async () => {
    const ids = [sdk.Notifications.DeleteNotificationParam.CHANNEL_IDS, '1000000068001'] as const;
    const { body: answer } = await parsed(
      watch.deleteNotification(await parameters(ids)),
      sdk.Notifications.ActionWrapper,
    );
    const success = firstOf(answer.getWatch(), sdk.Notifications.SuccessResponse);
    expect(success.getMessage().getValue()).toBe('Successfully un-subscribed from actions-watch');
    await parsed(watch.getNotifications(), sdk.Notifications.APIException);
  });

  it('ends by itself after an hour when no expiry was asked for', async () => {
    await parsed(
      watch.enableNotifications(body(channel('1000000068003'))),
      sdk.Notifications.ActionWrapper,
    );
    expect(await listed()).toHaveLength(2);
    // The token of the SDK would end as well: the SDK looks at its own clock.
    const [stored] = sandbox.org.channels.active();
    expect(stored?.expiresAt).toBeGreaterThan(Date.now() + hour - 60_000);
    expect(stored?.expiresAt).toBeLessThanOrEqual(Date.now() + hour);
  });
});

provesItsClaims('watch', sandbox);
