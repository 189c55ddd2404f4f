"""Exports existing users as a program or a roster that adopts them. Imports no pulumi or boto3.

names, filters, state_file      which users, and their resources' names
reading, progress_file          reads them from Connect, at its rate and resumable
declare, verify                 a user's declaration, which adopting must not change
program, text                   the program itself
"""
