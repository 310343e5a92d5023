import * as sdk from '@zohocrm/typescript-sdk-8.0';
import { describe, expect, it } from 'vitest';
import { firstOf, parameters, parsed, provesItsClaims, startOfficial } from './official.ts';

const sandbox = await startOfficial({
  orgOptions: { homeCurrency: 'GBP', timeZone: 'Europe/London', zgid: '20012345678' },
});
const { org } = sandbox;
org.currencies.add('EUR', 1.15);

describe('the token', () => {
  it('is fetched once, by the refresh token in a form', async () => {
    await parsed(new sdk.Org.OrgOperations().getOrganization(), sdk.Org.ResponseWrapper);
    await parsed(new sdk.Org.OrgOperations().getOrganization(), sdk.Org.ResponseWrapper);
    const calls = sandbox.calls.all().map(({ endpoint }) => endpoint);
    expect(calls.filter((endpoint) => endpoint === 'POST /oauth/v2/token')).toHaveLength(1);
    // To name its token it asks who it is (facts §2.2).
    expect(calls).toContain('GET /crm/v8/users');
  });
});

describe('the org', () => {
  it('tells its id, zone, home currency and licences', async () => {
    const { body } = await parsed(
      new sdk.Org.OrgOperations().getOrganization(),
      sdk.Org.ResponseWrapper,
    );
    const [shown] = body.getOrg();
    expect(shown?.getZgid()).toBe('20012345678');
    expect(shown?.getTimeZone()).toBe('Europe/London');
    expect(shown?.getIsoCode()).toBe('GBP');
    expect(shown?.getMcStatus()).toBe(true);
    expect(shown?.getLicenseDetails().getUsersLicensePurchased()).toBe(10);
  });

  it('lists its users, and the one who asks', async () => {
    const users = new sdk.Users.UsersOperations();
    const current = await parameters([sdk.Users.GetUsersParam.TYPE, 'CurrentUser']);
    const { body } = await parsed(users.getUsers(current), sdk.Users.ResponseWrapper);
    expect(body.getUsers().map((user) => user.getEmail())).toEqual([org.users.current.email]);
    expect(body.getUsers()[0]?.getProfile().getName()).toBe('Administrator');
    const all = await parsed(users.getUsers(), sdk.Users.ResponseWrapper);
    expect(all.body.getInfo().getCount()).toBe(2);
    expect(all.body.getUsers()[0]?.getId()).toBe(BigInt(org.users.current.id));
  });

  it('lists its currencies with the rate as text, and one by its id', async () => {
    const currencies = new sdk.Currencies.CurrenciesOperations();
    const { body } = await parsed(currencies.getCurrencies(), sdk.Currencies.ResponseWrapper);
    const shown = body.getCurrencies();
    const rates = shown.map((each) => [each.getIsoCode(), Number(each.getExchangeRate())]);
    expect(rates).toEqual([
      ['GBP', 1],
      ['EUR', 1.15],
    ]);
    expect(shown.map((each) => each.getIsBase())).toEqual([true, false]);
    const id = shown[1]?.getId() ?? 0n;
    const one = await parsed(currencies.getCurrency(id), sdk.Currencies.ResponseWrapper);
    expect(one.body.getCurrencies()[0]?.getIsoCode()).toBe('EUR');
  });

  it('says how many custom fields are left', async () => {
    const features = new sdk.Features.FeaturesOperations();
    const asked = await parameters(
      [sdk.Features.GetFeatureDetailsParam.MODULE, 'Contacts'],
      [sdk.Features.GetFeatureDetailsParam.API_NAMES, 'custom_field,unique_field'],
    );
    const { body } = await parsed(features.getFeatureDetails(asked), sdk.Features.ResponseWrapper);
    const shown = body.getFeatures();
    expect(shown.map((each) => each.getAPIName())).toEqual(['custom_field', 'unique_field']);
    expect(shown[0]?.getDetails().getLimits().getTotal()).toBe(300);
    expect(shown[0]?.getDetails().getAvailableCount().getTotal()).toBe(300);
  });
});

describe('modules', () => {
  it('are listed with what the API can do with them', async () => {
    const modules = new sdk.Modules.ModulesOperations();
    const { body } = await parsed(modules.getModules(), sdk.Modules.ResponseWrapper);
    const shown = body.getModules();
    expect(shown.map((each) => each.getAPIName())).toContain('Deals');
    expect(shown.every((each) => each.getAPISupported())).toBe(true);
    expect(shown[0]?.getGeneratedType().getValue()).toBe('default');
    const one = await parsed(modules.getModuleByAPIName('Deals'), sdk.Modules.ResponseWrapper);
    expect(one.body.getModules()[0]?.getPluralLabel()).toBe('Deals');
  });

  it('have a layout with sections of fields', async () => {
    const layouts = new sdk.Layouts.LayoutsOperations();
    const deals = await parameters([sdk.Layouts.GetLayoutsParam.MODULE, 'Deals']);
    const { body } = await parsed(layouts.getLayouts(deals), sdk.Layouts.ResponseWrapper);
    const [layout] = body.getLayouts();
    expect(layout?.getStatus()).toBe('active');
    const fields = layout?.getSections()[0]?.getFields() ?? [];
    expect(fields.map((field) => field.getAPIName())).toContain('Stage');
  });

  it('have pipelines whose stages say by forecast_type what is won', async () => {
    org.pipelines.renameStage('Closed Won', 'Gewonnen');
    const { layoutId } = org.catalog.get('Deals');
    const pipelines = new sdk.Pipeline.PipelineOperations(BigInt(layoutId));
    const { body } = await parsed(pipelines.getPipelines(), sdk.Pipeline.ResponseWrapper);
    const [pipeline] = body.getPipeline();
    expect(pipeline?.getDefault()).toBe(true);
    const won = pipeline?.getMaps().filter((stage) => stage.getForecastType() === 'Closed Won');
    const values = won?.map((stage) => [stage.getActualValue(), stage.getDisplayValue()]);
    expect(values).toEqual([['Closed Won', 'Gewonnen']]);
  });

  it('have related lists that lead to modules', async () => {
    const lists = new sdk.RelatedLists.RelatedListsOperations();
    const deals = await parameters([sdk.RelatedLists.GetRelatedListsParam.MODULE, 'Deals']);
    const { body } = await parsed(lists.getRelatedLists(deals), sdk.RelatedLists.ResponseWrapper);
    const shown = body.getRelatedLists();
    expect(shown.map((list) => list.getAPIName())).toContain('Contact_Roles');
    expect(shown[0]?.getModule().getAPIName()).toBe('Contacts');
  });

  it('have custom views, also those that people made', async () => {
    org.customViews.create('Contacts', {
      name: 'Best customers',
      fields: ['Email'],
      criteria: [{ field: 'Lead_Source', comparator: 'equal', value: 'Partner' }],
    });
    const views = new sdk.CustomViews.CustomViewsOperations();
    const contacts = await parameters([sdk.CustomViews.GetCustomViewsParam.MODULE, 'Contacts']);
    const { body } = await parsed(views.getCustomViews(contacts), sdk.CustomViews.ResponseWrapper);
    const shown = body.getCustomViews();
    expect(shown.map((view) => view.getName())).toEqual(['All Contacts', 'Best customers']);
    expect(shown[1]?.getCriteria().getField().getAPIName()).toBe('Lead_Source');
  });

  it('share the roles that contacts have in deals', async () => {
    const roles = new sdk.ContactRoles.ContactRolesOperations();
    const { body } = await parsed(roles.getRoles(), sdk.ContactRoles.ResponseWrapper);
    const names = body.getContactRoles().map((role) => role.getName());
    expect(names).toContain('Decision Maker');
  });
});

describe('fields', () => {
  const fields = new sdk.Fields.FieldsOperations();
  const contacts = () => parameters([sdk.Fields.GetFieldsParam.MODULE, 'Contacts']);
  const shown = async () => {
    const { body } = await parsed(fields.getFields(await contacts()), sdk.Fields.ResponseWrapper);
    return body.getFields();
  };

  it('tell type, length, lookup and whether they may be written', async () => {
    const all = await shown();
    const named = (name: string) => all.find((field) => field.getAPIName() === name);
    expect(named('Last_Name')?.getSystemMandatory()).toBe(true);
    expect(named('Last_Name')?.getLength()).toBe(80);
    expect(named('Modified_Time')?.getFieldReadOnly()).toBe(true);
    expect(named('Modified_Time')?.getOperationType().getAPIUpdate()).toBe(false);
    expect(named('Account_Name')?.getLookup().getModule().getAPIName()).toBe('Accounts');
    expect(named('Lead_Source')?.getPickListValues().length).toBeGreaterThan(3);
  });

  it('are created; the answer has an id and no api name', async () => {
    const field = new sdk.Fields.Fields();
    field.setFieldLabel('Value Tier');
    field.setDataType('picklist');
    field.setPickListValues([pickListValue('A'), pickListValue('B')]);
    const request = new sdk.Fields.BodyWrapper();
    request.setFields([field]);
    const created = await parsed(
      fields.createField(request, await contacts()),
      sdk.Fields.ActionWrapper,
    );
    expect(created.status).toBe(201);
    const success = firstOf(created.body.getFields(), sdk.Fields.SuccessResponse);
    expect([...success.getDetails().keys()]).toEqual(['id']);
    const id = BigInt(String(success.getDetails().get('id')));
    const found = (await shown()).find((each) => each.getId() === id);
    expect(found?.getAPIName()).toBe('Value_Tier');
    expect(found?.getCustomField()).toBe(true);
    expect(found?.getPickListValues().map((value) => value.getActualValue())).toEqual(['A', 'B']);
  });

  it('of a label that exists are refused in their place', async () => {
    const field = new sdk.Fields.Fields();
    field.setFieldLabel('Value Tier');
    field.setDataType('text');
    const request = new sdk.Fields.BodyWrapper();
    request.setFields([field]);
    const { status, body } = await parsed(
      fields.createField(request, await contacts()),
      sdk.Fields.ActionWrapper,
    );
    const refused = firstOf(body.getFields(), sdk.Fields.APIException);
    expect([status, refused.getCode().getValue()]).toEqual([400, 'DUPLICATE_DATA']);
  });

  it('get another label and another value, and go', async () => {
    const id = BigInt(org.schema.field('Contacts', 'Value_Tier')?.id ?? 0);
    const field = new sdk.Fields.Fields();
    field.setFieldLabel('Customer Tier');
    field.setPickListValues([pickListValue('C')]);
    const request = new sdk.Fields.BodyWrapper();
    request.setFields([field]);
    const changed = await parsed(
      fields.updateField(id, request, await contacts()),
      sdk.Fields.ActionWrapper,
    );
    firstOf(changed.body.getFields(), sdk.Fields.SuccessResponse);
    const one = await parsed(fields.getField(id, await contacts()), sdk.Fields.ResponseWrapper);
    const [after] = one.body.getFields();
    expect(after?.getFieldLabel()).toBe('Customer Tier');
    expect(after?.getAPIName()).toBe('Value_Tier');
    const values = after?.getPickListValues().map((value) => value.getActualValue());
    expect(values).toEqual(['A', 'B', 'C']);
    const gone = await parsed(fields.deleteField(id, await contacts()), sdk.Fields.ActionWrapper);
    firstOf(gone.body.getFields(), sdk.Fields.SuccessResponse);
    expect((await shown()).some((each) => each.getId() === id)).toBe(false);
  });

  it('that the profile may not see are simply missing', async () => {
    const { id = '' } = org.schema.field('Contacts', 'Mobile') ?? {};
    org.schema.hide('Contacts', id, true);
    expect((await shown()).map((field) => field.getAPIName())).not.toContain('Mobile');
    const hidden = fields.getField(BigInt(id), await contacts());
    const { body } = await parsed(hidden, sdk.Fields.APIException);
    expect(body.getCode().getValue()).toBe('INVALID_DATA');
  });
});

provesItsClaims('metadata', sandbox);

function pickListValue(text: string): sdk.Fields.PickListValue {
  const value = new sdk.Fields.PickListValue();
  value.setDisplayValue(text);
  value.setActualValue(text);
  return value;
}
