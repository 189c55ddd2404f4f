"""Existing users as a program or a roster that adopts them. Knows neither pulumi nor boto3.

names, filters, state_file      which users, and what their resources are called
reading, progress_file          all of them from Connect, paced and resumable
declaration, proof              what a program says of a user so that adopting it changes nothing
program, text                   the program itself
"""
