"""An ordinary ITA dashboard, as one writes it in an afternoon: the yardstick of the benchmark.

dashboard.py reads the workbook on each run; dashboard_cached.py is the same file with st.cache_data on the loader.
"""

import pandas as pd
import plotly.express as px
import streamlit as st

PASS_MARK = 85

st.set_page_config(page_title="ITA Dashboard", layout="wide")


def load_results(path: str) -> pd.DataFrame:
    sheets = pd.read_excel(path, sheet_name=None, header=3, engine="openpyxl")
    results = pd.concat(sheets.values(), ignore_index=True).dropna(subset=["หน่วยงาน"])
    return results.astype({"ปีงบประมาณ": int})


results = load_results("national.xlsx")
indicators = [column for column in results.columns if column[0].isdigit()]

st.title("ผลการประเมิน ITA")

with st.sidebar:
    year = st.selectbox("ปีงบประมาณ", sorted(results["ปีงบประมาณ"].unique(), reverse=True), key="year")
    of_year = results[results["ปีงบประมาณ"] == year]
    agency = st.selectbox("หน่วยงาน", of_year["หน่วยงาน"], key="agency")
    below = st.toggle("เฉพาะตัวชี้วัดที่ต่ำกว่า 85", key="below")
    province = st.selectbox("จังหวัด", ["ทั้งหมด", *sorted(of_year["จังหวัด"].unique())], key="province")

history = results[results["หน่วยงาน"] == agency].set_index("ปีงบประมาณ")
selected = history.loc[year]
scores = pd.DataFrame({"ตัวชี้วัด": indicators, "คะแนน": selected[indicators].astype(float).to_numpy()})
if below:
    scores = scores[scores["คะแนน"] < PASS_MARK]

change = None
rings = scores.assign(ปี=str(year))
if year - 1 in history.index:
    last_year = history.loc[year - 1]
    change = f"{selected['คะแนนรวม'] - last_year['คะแนนรวม']:.2f}"
    last_scores = last_year[scores["ตัวชี้วัด"].tolist()].astype(float).to_numpy()
    rings = pd.concat([rings, rings.assign(คะแนน=last_scores, ปี=str(year - 1))])

columns = st.columns(5)
columns[0].metric("คะแนนรวม", f"{selected['คะแนนรวม']:.2f}", change)
columns[1].metric("ระดับ", selected["ระดับ"])
for column, instrument in zip(columns[2:], ["IIT", "EIT", "OIT"], strict=True):
    column.metric(instrument, f"{selected[instrument]:.2f}")

left, right = st.columns(2)
bar = px.bar(scores, x="คะแนน", y="ตัวชี้วัด", orientation="h", range_x=[0, 100], title=f"{agency} ปี {year}")
bar.add_vline(x=PASS_MARK, line_dash="dash")
left.plotly_chart(bar, key="bar")
radar = px.line_polar(rings, r="คะแนน", theta="ตัวชี้วัด", color="ปี", line_close=True, range_r=[0, 100])
right.plotly_chart(radar, key="radar")

st.subheader("ผลของทุกหน่วยงาน")
shown = of_year if province == "ทั้งหมด" else of_year[of_year["จังหวัด"] == province]
st.dataframe(shown, hide_index=True)
