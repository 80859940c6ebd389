"""Every sentence that the pages say, in one frozen record, so that no language can lack one.

Fields with a part in braces are filled with ``str.format``. The long pages (about, accessibility) are templates, one
for each language. Quotes and titles are never translated: they are what the papers say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from council import Cause, Kind, Leg, Misread


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """Everything that the pages say in one language."""

    code: str
    months: tuple[str, ...]
    thousands: str
    kinds: Mapping[Kind, str]
    legs: Mapping[Leg, str]

    # On every page
    tagline: str
    skip: str
    nav: str
    nav_home: str
    nav_about: str
    nav_accessibility: str
    other_language: str
    footer_ai: str
    footer_open: str
    breadcrumbs: str

    # The search box
    search_label: str
    search_button: str
    search_placeholder: str
    search_help: str
    suggestions: str
    suggestions_count: str
    suggestion_title: str

    # Home
    home_title: str
    home_lead: str
    home_examples: str
    home_how: str
    home_step_ask: str
    home_step_ask_text: str
    home_step_read: str
    home_step_read_text: str
    home_step_check: str
    home_step_check_text: str
    home_reach: str
    home_documents: str
    home_document: str
    home_period: str
    home_period_value: str
    home_updated: str
    home_ai: str
    home_ai_text: str
    home_ai_link: str
    home_empty: str

    # Answer
    answer_answered: str
    answer_partial: str
    answer_not_found: str
    answer_not_found_undated: str
    answer_not_found_one: str
    answer_not_found_none: str
    answer_badge: str
    answer_note: str
    answer_missing: str
    answer_missing_nothing: str
    answer_back: str
    quote_open: str
    quote_close: str
    speaker: str
    ocr_sure: str
    ocr_unsure: str

    # Results
    results: str
    results_like: str
    results_count: str
    results_count_alike: str
    results_one_alike: str
    results_alike: str
    results_newest: str
    results_count_one: str
    results_range: str
    results_none: str
    results_beyond: str
    results_beyond_link: str
    result_page_of: str
    result_pdf: str
    result_document: str
    result_also: str
    result_why: str
    result_why_text: str
    result_leg_place: str
    result_leg_none: str
    why_words: str
    why_exact: str
    why_stem: str
    why_part: str
    why_rare: str
    why_alike: str
    why_listed: str
    why_moved: str
    why_causes: Mapping[Cause, str]
    result_twins: str
    no_date: str
    advice: str
    advice_words: str
    advice_short: str
    advice_filters: str
    advice_filters_link: str
    advice_reach: str
    hint_empty: str
    hint_only_stop_words: str
    hint_cut_short: str
    remark: str
    remarks: Mapping[Misread, str]
    meant: str
    meant_end: str
    nowhere: str
    offer_kind: str
    offers: Mapping[str, str]

    # Narrowing
    filters: str
    filters_on: str
    filters_clear: str
    filter_kind: str
    filter_year: str
    filter_more: str
    facets: Mapping[str, str]
    filter_period: str
    filter_from: str
    filter_to: str
    filter_apply: str
    filter_remove: str
    filter_count: str
    filter_count_one: str
    chip_from: str
    chip_to: str
    chip_document: str
    pagination: str
    previous: str
    next: str
    page_of_pages: str

    # Source of a quote
    back_to_results: str
    back_to_search: str
    source_quote: str
    source_lines: str
    source_line: str
    source_close_up: str
    source_close_up_alt: str
    source_image: str
    source_image_alt: str
    source_image_marked: str
    source_image_open: str
    source_image_none: str
    source_unmarked: str
    source_text: str
    source_text_note: str
    source_no_text: str
    source_lost: str
    source_ocr: str
    source_waiting: str
    source_unread: str
    source_continues: str
    source_printed: str
    source_pdf: str
    source_document: str
    source_copy: str
    source_copy_note: str
    source_copy_page: str
    source_ai: str
    source_pieces: str
    page: str
    pages: str
    page_of: str
    previous_page: str
    next_page: str

    # Document
    facts: str
    fact_title: str
    fact_kind: str
    fact_date: str
    fact_body: str
    fact_meeting: str
    fact_agenda_item: str
    fact_case_number: str
    fact_pages: str
    fact_file: str
    fact_source: str
    fact_source_link: str
    fact_hash: str
    fact_version: str
    fact_version_text: str
    fact_derived: str
    fact_derived_note: str
    fact_from: Mapping[str, str]
    fact_unsure: str
    fact_line: str
    document_pages: str
    document_search: str
    document_pdf: str
    document_ocr: str
    document_unread: str

    # Trouble
    error_without: str
    error_404: str
    error_404_text: str
    error_405: str
    error_405_text: str
    error_422: str
    error_422_text: str
    error_422_other: str
    error_422_period: str
    error_500: str
    error_500_text: str
    error_503: str
    error_503_text: str

    # Where use is counted
    nav_usage: str
    feedback_question: str
    feedback_yes: str
    feedback_partly: str
    feedback_no: str
    feedback_send: str
    feedback_keep: str
    feedback_keep_note: str
    feedback_thanks: str
    feedback_kept: str
    feedback_withdraw: str
    feedback_withdrawn: str
    feedback_unknown: str
    feedback_late: str
    feedback_choose: str
    usage_title: str
    usage_lead: str
    usage_period: str
    usage_weeks: str
    usage_year: str
    usage_none: str
    usage_total: str
    usage_searches: str
    usage_found: str
    usage_sourced: str
    usage_per_answer: str
    usage_seconds: str
    usage_helped: str
    usage_chart: str
    usage_chart_label: str
    usage_highest: str
    usage_answered: str
    usage_partial: str
    usage_not_found: str
    usage_nothing: str
    usage_table: str
    usage_week: str
    usage_all: str
    usage_sources: str
    usage_column_per_answer: str
    usage_column_share: str
    usage_column_seconds: str
    usage_empty: str
    usage_csv: str
    usage_withdraw: str
    usage_withdraw_note: str
    usage_number: str
    error_form: str
    error_form_text: str
