"""An ordinary ITA dashboard, as one writes it in an afternoon: the yardstick of the benchmark.

dashboard.py reads the workbook on each run; dashboard_cached.py is the same file with st.cache_data on the loader.
"""

import pandas as pd
import plotly.express as px
import streamlit as st

PASS_MARK = 85

st.set_page_config(page_title="ITA Dashboard", layout="wide")


def load_results(path: str) -> pd.DataFrame:
    results = pd.read_excel(path, header=3, engine="openpyxl")
    return results.dropna(subset=["หน่วยงาน"])


results = load_results("national.xlsx")
indicators = [column for column in results.columns if column[0].isdigit()]

st.title("ผลการประเมิน ITA")

with st.sidebar:
    year = st.selectbox("ปีงบประมาณ", [2564], key="year")
    agency = st.selectbox("หน่วยงาน", results["หน่วยงาน"], key="agency")
    below = st.toggle("เฉพาะตัวชี้วัดที่ต่ำกว่า 85", key="below")
    province = st.selectbox("จังหวัด", ["ทั้งหมด", *sorted(results["จังหวัด"].unique())], key="province")

selected = results[results["หน่วยงาน"] == agency].iloc[0]
scores = pd.DataFrame({"ตัวชี้วัด": indicators, "คะแนน": selected[indicators].astype(float).to_numpy()})
if below:
    scores = scores[scores["คะแนน"] < PASS_MARK]

columns = st.columns(5)
columns[0].metric("คะแนนรวม", f"{selected['คะแนนรวม']:.2f}")
columns[1].metric("ระดับ", selected["ระดับ"])
for column, instrument in zip(columns[2:], ["IIT", "EIT", "OIT"], strict=True):
    column.metric(instrument, f"{selected[instrument]:.2f}")

left, right = st.columns(2)
bar = px.bar(scores, x="คะแนน", y="ตัวชี้วัด", orientation="h", range_x=[0, 100], title=f"{agency} ปี {year}")
bar.add_vline(x=PASS_MARK, line_dash="dash")
left.plotly_chart(bar, key="bar")
radar = px.line_polar(scores, r="คะแนน", theta="ตัวชี้วัด", line_close=True, range_r=[0, 100])
right.plotly_chart(radar, key="radar")

st.subheader("ผลของทุกหน่วยงาน")
shown = results if province == "ทั้งหมด" else results[results["จังหวัด"] == province]
st.dataframe(shown, hide_index=True)
