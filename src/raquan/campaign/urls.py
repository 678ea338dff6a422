"""Addresses of the plan's pages, below /desk/campaign/."""

from django.urls import path

from raquan.campaign.views import amendments, drafting, groups, indicators, plan, plans, sub_plans, tasks

app_name = "campaign"
urlpatterns = [
    path("", plan.show_plan, name="list"),
    path("bring/<uuid:reading_id>/", plan.bring, name="bring"),
    path("plans/", plans.list_plans, name="plans"),
    path("plans/<uuid:plan_id>/", plans.show_frame, name="frame"),
    path("plans/<uuid:plan_id>/change/", plans.change_frame, name="change_frame"),
    path("plans/<uuid:plan_id>/tasks/add/", drafting.add_task, name="add_draft_task"),
    path("plans/<uuid:plan_id>/tasks/<uuid:task_id>/", drafting.change_task, name="change_draft_task"),
    path("plans/<uuid:plan_id>/tasks/<uuid:task_id>/place/", drafting.place_task, name="place_draft_task"),
    path("plans/<uuid:plan_id>/head/", plans.correct_head, name="correct_head"),
    path("plans/<uuid:plan_id>/commune-groups/", groups.commune_groups, name="commune_groups"),
    path("plans/<uuid:plan_id>/put-in-force/", plans.put_in_force, name="put_in_force"),
    path("plans/<uuid:plan_id>/close/", plans.close, name="close"),
    path("plans/<uuid:plan_id>/start-year/", plans.start_year, name="start_year"),
    path("plans/<uuid:plan_id>/indicators/", indicators.list_indicators, name="indicators"),
    path("plans/<uuid:plan_id>/indicators/add/", indicators.add, name="add_indicator"),
    path("indicators/<uuid:indicator_id>/", indicators.show, name="indicator"),
    path("indicators/<uuid:indicator_id>/change/", indicators.change, name="change_indicator"),
    path("indicators/<uuid:indicator_id>/targets/", indicators.set_targets, name="set_targets"),
    path("indicators/<uuid:indicator_id>/targets/end/", indicators.end_targets, name="end_targets"),
    path("amendments/<uuid:amendment_id>/", amendments.show_amendment, name="amendment"),
    path("amendments/<uuid:amendment_id>/withdraw/", amendments.withdraw_amendment, name="withdraw_amendment"),
    path("evidence/<uuid:evidence_id>/withdraw/", tasks.withdraw_evidence, name="withdraw_evidence"),
    path("tasks/<uuid:plan_task>/", tasks.show_task, name="task"),
    path("tasks/<uuid:plan_task>/indicators/", tasks.set_indicators, name="set_task_indicators"),
    path("tasks/<uuid:plan_task>/evidence/", tasks.add_evidence, name="add_evidence"),
    path("tasks/<uuid:plan_task>/statements/", tasks.state_progress, name="state_progress"),
    path("tasks/<uuid:plan_task>/sub-plans/", tasks.start_sub_plan, name="start_sub_plan"),
    path("sub-plans/", sub_plans.list_sub_plans, name="sub_plans"),
    path("sub-plans/<uuid:sub_plan_id>/", sub_plans.show_sub_plan, name="sub_plan"),
    path("sub-plans/<uuid:sub_plan_id>/document/", sub_plans.download, name="sub_plan_document"),
    path("sub-plans/<uuid:sub_plan_id>/save/", sub_plans.save, name="save_sub_plan"),
    path("sub-plans/<uuid:sub_plan_id>/issue/", sub_plans.issue, name="issue_sub_plan"),
    path("sub-plans/<uuid:sub_plan_id>/reopen/", sub_plans.reopen, name="reopen_sub_plan"),
    path("sub-plans/<uuid:sub_plan_id>/send/", sub_plans.send, name="send_sub_plan"),
    path("sub-plans/<uuid:sub_plan_id>/comment/", sub_plans.comment, name="comment_on_sub_plan"),
    path("sub-plans/<uuid:sub_plan_id>/return/", sub_plans.return_one, name="return_sub_plan"),
    path("sub-plans/<uuid:sub_plan_id>/approve/", sub_plans.approve, name="approve_sub_plan"),
]
